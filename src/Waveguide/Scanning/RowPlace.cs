namespace Waveguide.Scanning;

/// <summary>Where a row of a slice stands: ordered by part, then line.</summary>
internal readonly record struct RowPlace
{
    private const int LineBits = 40;

    private readonly long _packed;

    /// <param name="part">The part's position in the slice.</param>
    /// <param name="line">Number of the line in its part; the first is 1.</param>
    public RowPlace(int part, long line, bool isRepaired) =>
        _packed = ((long)part << (LineBits + 1)) | (line << 1) | (isRepaired ? 1L : 0L);

    /// <summary>Whether this is the default value, which no row has.</summary>
    public bool IsNone => _packed == 0;

    public int Part => (int)(_packed >> (LineBits + 1));

    public long Line => (_packed >> 1) & ((1L << LineBits) - 1);

    public bool IsRepaired => (_packed & 1) != 0;

    public bool IsBefore(RowPlace other) => _packed < other._packed;
}
