namespace Waveguide.Simulator;

/// <summary>
/// Kinds of fault. Up to <see cref="Reset"/> they replace or break the answer; the others change the archive or its rows.
/// In a script's JSON their names are in kebab case: <c>bad-zip-crc</c>.
/// </summary>
public enum FaultKind
{
    /// <summary>Any status, with an optional body and <c>Retry-After</c>.</summary>
    Status,

    /// <summary>200 with a text in place of a zip.</summary>
    TextBody,

    /// <summary>200 without a byte.</summary>
    EmptyBody,

    /// <summary>200 with a whole zip that has no members.</summary>
    EmptyZip,

    /// <summary>A good answer, but it begins late.</summary>
    Delay,

    /// <summary>Nothing more is sent until the client gives up.</summary>
    Stall,

    /// <summary>The connection closes before the announced Content-Length is reached.</summary>
    CutBody,

    /// <summary>Chunked, ended in good order, but the archive is not whole.</summary>
    CutBodyChunked,

    /// <summary>The connection is reset in the middle of the body.</summary>
    Reset,

    /// <summary>The zip's CRC of a member is wrong.</summary>
    BadZipCrc,

    /// <summary>The gzip trailer's CRC is wrong; the zip's is right.</summary>
    BadGzipCrc,

    /// <summary>A gzip member ends early; the zip's sizes and CRC agree with what is there.</summary>
    TruncatedGzip,

    /// <summary>A member's name leads out of the folder.</summary>
    HostileName,

    /// <summary>The hours of a day in one file whose name has no hour, as before 2014-11-12 (form of the name unknown).</summary>
    DayFile,

    /// <summary>A row stands in two files of the hour.</summary>
    DuplicateInShards,

    /// <summary>A row of the hour before stands in this hour as well.</summary>
    RepeatedInHours,

    /// <summary>Rows are missing at first and there later.</summary>
    LateRows,

    /// <summary>The hour is empty at first and there later.</summary>
    LateHour,

    /// <summary>Rows of 2019: 49 keys, order differing by row, escaped slashes.</summary>
    OldRows,

    /// <summary>A key beside the 55.</summary>
    UnknownKey,

    /// <summary>Times are null, but for <c>server_upload_time</c>.</summary>
    NullTimes,

    /// <summary>Times are empty text, but for <c>server_upload_time</c>.</summary>
    EmptyTimes,

    /// <summary>Booleans are <c>"true"</c>, <c>"1"</c> and <c>""</c>.</summary>
    TextBooleans,

    /// <summary>Whole numbers above 2^53 and a long decimal.</summary>
    BigNumbers,

    /// <summary>User properties hold the placeholder <c>"EMPTY"</c>.</summary>
    EmptyPlaceholder,

    /// <summary>A line that is not JSON stands before the rows.</summary>
    InvalidLine,
}
