using Waveguide.Storage;

namespace Waveguide.S3;

/// <summary>A range of the content of an object, in bytes.</summary>
internal readonly record struct S3Part(string Key, ObjectContent Content, long Offset, long Length);
