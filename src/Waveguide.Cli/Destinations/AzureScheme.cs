using System.Text.RegularExpressions;
using Waveguide.AzureBlob;
using Waveguide.Cli.Configuration;
using Waveguide.Storage;

namespace Waveguide.Cli.Destinations;

/// <summary><c>azure://account/container/prefix</c></summary>
internal sealed partial class AzureScheme : LakeScheme
{
    public override string Name => "azure";

    public override string Example => "azure://account/container/lake";

    protected override IReadOnlyList<Setting> StoreOptions =>
        [
            DestinationSettings.Endpoint,
            DestinationSettings.ConnectionString,
            DestinationSettings.SasToken,
            DestinationSettings.AccountKey,
        ];

    public override DestinationPlace Place(DestinationRequest request) =>
        Shape().IsMatch(request.Address.Path)
            ? base.Place(request)
            : throw new ConfigurationException(
                $"the destination \"{request.Address.Text}\" names no account and container of Azure."
            )
            {
                Hint =
                    $"Write {Example}: the account's name alone (3 to 24 small letters and digits), the container "
                    + "(3 to 63, also with -), and a folder in it if you like; another host goes in ?endpoint=.",
            };

    protected override IObjectStore OpenStore(DestinationRequest request)
    {
        var path = Shape().Match(request.Address.Path);
        return AzureBlobStore.Open(
            new AzureBlobOptions
            {
                Account = path.Groups["account"].Value,
                Container = path.Groups["container"].Value,
                Prefix = path.Groups["prefix"].Value,
                Endpoint = request.Find(DestinationSettings.Endpoint),
                ConnectionString = request.Find(DestinationSettings.ConnectionString),
                SasToken = request.Find(DestinationSettings.SasToken),
                AccountKey = request.Find(DestinationSettings.AccountKey),
            },
            request.Host.Clock,
            request.Logger
        );
    }

    [GeneratedRegex(
        "^//(?<account>[a-z0-9]{3,24})/(?<container>[a-z0-9][a-z0-9-]{1,61}[a-z0-9])(/(?<prefix>.*?))?/?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Shape();
}
