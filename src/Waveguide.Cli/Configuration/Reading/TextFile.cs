using System.Text;

namespace Waveguide.Cli.Configuration.Reading;

/// <summary>Reads a small text file, or says why it cannot.</summary>
internal static class TextFile
{
    private const int MostBytes = 1 << 20;

    /// <param name="name">What messages call the file.</param>
    /// <exception cref="ConfigurationException">The file cannot be read, is over 1 MiB, or is not UTF-8.</exception>
    public static string Read(string path, string name)
    {
        var bytes = ReadBytes(path, name);
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw new ConfigurationException($"{name} is UTF-16 text. Save it as UTF-8.");
        }

        var text = bytes.AsSpan(bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0);
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(text);
        }
        catch (DecoderFallbackException fault)
        {
            var line = text[..Math.Clamp(fault.Index, 0, text.Length)].Count((byte)'\n') + 1;
            throw new ConfigurationException($"{name}, line {line}, is not UTF-8 text. Save the file as UTF-8.");
        }
    }

    private static byte[] ReadBytes(string path, string name)
    {
        if (Directory.Exists(path))
        {
            throw new ConfigurationException($"{name} is a folder; a YAML file is needed in its place.");
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var buffer = new byte[MostBytes + 1];
            var read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return read <= MostBytes
                ? buffer[..read]
                : throw new ConfigurationException($"{name} is larger than 1 MiB, which no configuration is.")
                {
                    Hint = "A long list of users belongs in a file of its own, which user_profiles.file names.",
                };
        }
        catch (UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{name} cannot be read: permission denied. Give this user the right to.");
        }
        catch (IOException fault)
        {
            throw new ConfigurationException($"{name} cannot be read: {fault.Message}", fault);
        }
    }
}
