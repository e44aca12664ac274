using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Waveguide.Storage;

namespace Waveguide.AzureBlob;

/// <summary>One page of a container's listing (List Blobs).</summary>
/// <param name="Next">Where the next page begins; empty after the last.</param>
internal sealed record BlobListing(IReadOnlyList<ObjectEntry> Entries, string Next)
{
    /// <summary>Folders of an account with a hierarchical namespace are listed too, as empty blobs: they are left out.</summary>
    /// <exception cref="XmlException">The page is none.</exception>
    public static async Task<BlobListing> ReadAsync(Stream body, BlobPlace place, CancellationToken cancellationToken)
    {
        using var reader = XmlReader.Create(body, new XmlReaderSettings { Async = true });
        var page = (await XDocument.LoadAsync(reader, LoadOptions.None, cancellationToken)).Root!;
        return new BlobListing(
            [.. page.Descendants("Blob").Where(blob => !IsFolder(blob)).Select(blob => Entry(blob, place))],
            page.Element("NextMarker")?.Value ?? string.Empty
        );
    }

    private static ObjectEntry Entry(XElement blob, BlobPlace place)
    {
        var name = blob.Element("Name")!;
        var properties = blob.Element("Properties")!;
        return new ObjectEntry(
            place.KeyOf((bool?)name.Attribute("Encoded") == true ? Uri.UnescapeDataString(name.Value) : name.Value),
            (long)properties.Element("Content-Length")!,
            DateTimeOffset.Parse(properties.Element("Last-Modified")!.Value, CultureInfo.InvariantCulture)
        );
    }

    private static bool IsFolder(XElement blob) =>
        blob.Element("Properties")?.Element("ResourceType")?.Value == "directory"
        || blob.Element("Metadata")?.Element("hdi_isfolder")?.Value == "true";
}
