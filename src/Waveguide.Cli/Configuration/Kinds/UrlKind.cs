using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Waveguide.Cli.Configuration.Kinds;

/// <summary>An address that keys are sent to: https, or http where it does not leave this machine.</summary>
internal sealed class UrlKind : SettingKind<Uri>
{
    public override string Name => "address";

    public override string Expectation => "an address such as https://proxy.example";

    public override bool MayBeShown => false;

    public override JsonObject Schema() =>
        new() { ["type"] = "string", ["pattern"] = "^[hH][tT][tT][pP][sS]?://[^@?#]+$" };

    public override bool TryParse(string text, [MaybeNullWhen(false)] out Uri value)
    {
        value = Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) && Fault(uri) is null ? uri : null;
        return value is not null;
    }

    public override string Complaint(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) && Fault(uri) is { } fault
            ? fault
            : base.Complaint(text);

    private static string? Fault(Uri uri) =>
        uri switch
        {
            { Scheme: not "http" and not "https" } => "must begin with https://",
            { UserInfo.Length: > 0 } =>
                "must not hold a user name or password: addresses are shown in messages. The keys have settings of their own",
            { Scheme: "http", IsLoopback: false } =>
                "must begin with https://, because the keys travel with every request; plain http is for this machine only (127.0.0.1, localhost)",
            { Query.Length: > 0 } or { Fragment.Length: > 0 } => "must not have a part after ? or #",
            _ => null,
        };
}
