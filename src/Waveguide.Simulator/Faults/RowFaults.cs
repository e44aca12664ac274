using System.Text;

namespace Waveguide.Simulator.Faults;

/// <summary>Faults that rewrite single rows.</summary>
internal static class RowFaults
{
    private static readonly string[] KeysSince2019 =
    [
        "$insert_key",
        "data_type",
        "global_user_properties",
        "partner_id",
        "plan",
        "source_id",
    ];

    private static readonly string[] Times =
    [
        "client_event_time",
        "client_upload_time",
        "event_time",
        "processed_time",
        "server_received_time",
    ];

    public static bool Rewrites(FaultKind kind) => kind is >= FaultKind.OldRows and <= FaultKind.EmptyPlaceholder;

    /// <summary>The rows with the first of them changed; lines that are not JSON stay as they are.</summary>
    public static List<byte[]> Apply(FaultRule rule, List<byte[]> lines)
    {
        var all = rule.Fault is FaultKind.OldRows or FaultKind.UnknownKey;
        var count = Math.Min(rule.Rows ?? (all ? int.MaxValue : 1), lines.Count);
        return [.. lines.Select((line, index) => index < count ? Rewrite(rule, line, index) : line)];
    }

    private static byte[] Rewrite(FaultRule rule, byte[] line, int index)
    {
        Row row;
        try
        {
            row = Row.Parse(line);
        }
        catch (System.Text.Json.JsonException)
        {
            return line;
        }
        return rule.Fault switch
        {
            FaultKind.OldRows => Old(row, index),
            FaultKind.UnknownKey => row.Set(rule.Name ?? "new_key", """{"since":2031}""").ToLine(),
            FaultKind.NullTimes => SetAll(row, Times, "null"),
            FaultKind.EmptyTimes => SetAll(row, Times, "\"\""),
            FaultKind.TextBooleans => TextBooleans(row),
            FaultKind.BigNumbers => BigNumbers(row),
            _ => row.Set("user_properties", "{\"initial_utm_content\":\"EMPTY\",\"initial_referrer\":\"EMPTY\"}")
                .ToLine(),
        };
    }

    private static byte[] SetAll(Row row, string[] keys, string raw)
    {
        foreach (var key in keys)
        {
            row.Set(key, raw);
        }
        return row.ToLine();
    }

    private static byte[] TextBooleans(Row row) =>
        row.Set("is_attribution_event", "\"true\"")
            .Set("paying", "\"1\"")
            .Set("data", "{\"user_properties_updated\":\"\"}")
            .ToLine();

    private static byte[] BigNumbers(Row row) =>
        row.Set("amplitude_id", "9007199254740993")
            .Extend(
                "event_properties",
                "\"big_id\":9223372036854775807,\"long_decimal\":0.12345678901234567890123456789"
            )
            .ToLine();

    private static byte[] Old(Row row, int index)
    {
        row.Values.RemoveAll(value => KeysSince2019.Contains(value.Key));
        var turn = (index * 7 + 3) % Math.Max(1, row.Values.Count);
        var turned = row.Values.Skip(turn).Concat(row.Values.Take(turn)).Reverse().ToList();
        row.Values.Clear();
        row.Values.AddRange(turned);
        var text = Encoding.UTF8.GetString(row.ToLine());
        return Encoding.UTF8.GetBytes(
            text.Replace("\\/", "/", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal)
        );
    }
}
