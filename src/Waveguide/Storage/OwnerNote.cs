using System.Text.Json;
using System.Text.Json.Serialization;

namespace Waveguide.Storage;

/// <summary>Who writes somewhere, as it is noted for whoever is turned away.</summary>
/// <param name="Process">Number of the process on its machine.</param>
/// <param name="Host">Name of that machine; null: this one.</param>
public sealed record OwnerNote(string Owner, int Process, DateTimeOffset Since, string? Host = null)
{
    public static OwnerNote OfThisProcess(string owner, DateTimeOffset since) =>
        new(owner, Environment.ProcessId, since, Environment.MachineName);

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, OwnerNoteJson.Default.OwnerNote);

    /// <returns>Null if it is no such note.</returns>
    public static OwnerNote? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, OwnerNoteJson.Default.OwnerNote);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <returns>Null if there is none, or it cannot be read just now.</returns>
    public static OwnerNote? ReadFile(string path)
    {
        try
        {
            return Read(File.ReadAllBytes(path));
        }
        catch (Exception reason) when (reason is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public override string ToString()
    {
        var host = Host is null || Host == Environment.MachineName ? string.Empty : $" on {Host}";
        return $"{Owner} (process {Process}{host}, since {Since:HH:mm} UTC)";
    }
}

/// <summary>By code made at build time, for every load writes a note, and to make it at run time would take longer than all else of that.</summary>
[JsonSerializable(typeof(OwnerNote))]
internal sealed partial class OwnerNoteJson : JsonSerializerContext;
