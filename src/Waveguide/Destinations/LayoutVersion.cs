namespace Waveguide.Destinations;

/// <summary>
/// The version of how a destination keeps its data. Version 2 may name users who were erased, whom a Waveguide that knows
/// only version 1 would load again; all else is the same in both.
/// </summary>
internal static class LayoutVersion
{
    /// <summary>What is written; an older destination is brought to it by the first who opens it to write.</summary>
    public const int Newest = 2;

    private const int Oldest = 1;

    /// <param name="place">As a person writes it.</param>
    /// <param name="key">The object of the place that has this layout; null: all of it.</param>
    /// <exception cref="DestinationException">This Waveguide cannot read it.</exception>
    public static void ThrowIfUnknown(int layout, string place, string? key = null)
    {
        if (layout > Newest)
        {
            var found = key is null ? "layout" : $"{key} has layout";
            throw new DestinationException(
                $"{place} was written by a newer Waveguide ({found} {layout}; this one, {ToolVersion.Text}, knows {Newest})."
            )
            {
                Hint = "Update Waveguide; nothing was changed.",
            };
        }

        if (layout < Oldest)
        {
            var what = key is null ? place : $"{place}: {key}";
            throw new DestinationException(
                $"{what} has a layout that no Waveguide wrote ({layout}; the first was {Oldest})."
            )
            {
                Hint = "Name another place with --destination; nothing was changed.",
            };
        }
    }
}
