using Waveguide.Destinations.Erasing;

namespace Waveguide.Destinations.Lake;

/// <summary>The object that names who was erased from a lake.</summary>
internal sealed record LakeErased(IReadOnlyList<ErasedUser> Users)
{
    public const string Key = "_waveguide/erased.jsonl";

    public static async Task<LakeErased> ReadAsync(LakeObjects objects, CancellationToken cancellationToken) =>
        await objects.ReadAsync<LakeErased>(Key, cancellationToken) ?? new LakeErased([]);
}
