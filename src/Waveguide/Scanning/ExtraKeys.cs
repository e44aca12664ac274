using System.Buffers;

namespace Waveguide.Scanning;

/// <summary>Gathers the keys of a row that have no place in its columns into one JSON object, byte for byte.</summary>
internal sealed class ExtraKeys
{
    private readonly ArrayBufferWriter<byte> _json = new(1024);

    public bool IsEmpty => _json.WrittenCount == 0;

    /// <param name="key">As it stands between the quotes, escapes included.</param>
    /// <param name="value">The value's own bytes.</param>
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        _json.Write(IsEmpty ? "{\""u8 : ",\""u8);
        _json.Write(key);
        _json.Write("\":"u8);
        _json.Write(value);
    }

    /// <summary>The object; valid until the next call. Nothing can be added until <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Close()
    {
        _json.Write("}"u8);
        return _json.WrittenSpan;
    }

    public void Clear() => _json.ResetWrittenCount();
}
