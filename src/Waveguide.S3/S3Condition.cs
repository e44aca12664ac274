namespace Waveguide.S3;

/// <summary>When a write may happen.</summary>
/// <param name="ETag">
/// Of the object that has to be there, as it was put; null: none may be there. Written without quotation marks, which
/// Ceph compares as part of the name (16.2); Amazon takes it either way.
/// </param>
internal readonly record struct S3Condition(string? ETag)
{
    public static S3Condition Absent { get; } = new(null);

    public static S3Condition Unchanged(string eTag) => new(eTag.Trim('"'));
}
