namespace Waveguide.Destinations.Lake;

/// <summary>How a lake keeps rows.</summary>
public enum LakeFormat
{
    /// <summary>The source's own files, byte for byte; without what is private, if anything is.</summary>
    JsonGz,

    /// <summary>The source's files, unpacked.</summary>
    Json,

    /// <summary>Typed columns, compressed by Zstandard.</summary>
    Parquet,
}

public static class LakeFormats
{
    /// <summary>The format's name in addresses and ledgers, and the ending of its files.</summary>
    public static string Name(this LakeFormat format) =>
        format switch
        {
            LakeFormat.JsonGz => "json.gz",
            LakeFormat.Json => "json",
            LakeFormat.Parquet => "parquet",
            _ => throw new ArgumentOutOfRangeException(nameof(format)),
        };
}
