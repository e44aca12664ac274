namespace Waveguide.Tests.Transform;

/// <summary>Versions of a device and of a person over time, without gap or overlap.</summary>
public sealed class HistoryTests : IDisposable
{
    private readonly Star _star = Star.InNewWarehouse();

    public void Dispose() => _star.Dispose();

    [Fact]
    public async Task A_device_has_a_version_for_each_change_and_a_late_session_puts_one_in_its_place()
    {
        const string Versions = """
            SELECT version_number, epoch(valid_from)::INT % 86400, epoch(valid_until)::INT % 86400, is_current, os_name, os_version
            FROM analytics.dim_devices_history ORDER BY version_number
            """;
        await _star.LandAsync(0, 1, [.. Seen(10, "Chrome", 1), .. Seen(20, "Chrome", 1), .. Seen(30, "Chrome", 2)]);
        await _star.BuildAsync();
        Assert.Equal(["1|10|30|False|Chrome|1", "2|30||True|Chrome|2"], await _star.QueryAsync(Versions));
        await _star.LandAsync(4, 2, [.. Seen(15, "Firefox", 1), .. Seen(40, "Chrome", 1)]);
        await _star.BuildAsync();
        Assert.Equal(
            [
                "1|10|15|False|Chrome|1",
                "2|15|20|False|Firefox|1",
                "3|20|30|False|Chrome|1",
                "4|30|40|False|Chrome|2",
                "5|40||True|Chrome|1",
            ],
            await _star.QueryAsync(Versions)
        );
        Assert.Equal(
            ["Chrome|1|10|40|5|5"],
            await _star.QueryAsync(
                "SELECT os_name, os_version, epoch(first_seen_at)::INT % 86400, epoch(last_seen_at)::INT % 86400, sessions, events FROM analytics.dim_devices"
            )
        );
    }

    [Fact]
    public async Task A_person_has_a_version_for_each_change_over_all_devices()
    {
        await _star.LandAsync(
            0,
            1,
            [
                .. Person("phone", 10, "NULL", "Leeds"),
                .. Person("phone", 20, "'ann'", "Leeds"),
                .. Person("laptop", 30, "'ann'", "York"),
                .. Person("laptop", 40, "'ann'", "York"),
                .. Person("laptop", 50, "NULL", "York"),
            ]
        );
        await _star.BuildAsync();
        Assert.Equal(
            ["1|10|20|False||Leeds", "2|20|30|False|ann|Leeds", "3|30|50|False|ann|York", "4|50||True||York"],
            await _star.QueryAsync(
                """
                SELECT version_number, epoch(valid_from)::INT % 86400, epoch(valid_until)::INT % 86400, is_current, user_id, city
                FROM analytics.dim_users_history ORDER BY version_number
                """
            )
        );
        Assert.Equal(
            ["ann|False|2|3|5|5|York"],
            await _star.QueryAsync(
                "SELECT user_id, is_anonymous, devices, identities, sessions, page_views, city FROM analytics.dim_users"
            )
        );
    }

    private static string[] Seen(int at, string browser, int version) =>
        new Visit("d", at) { Also = $"'{browser}' AS os_name, '{version}' AS os_version" }.Rows($"{at} /a");

    private static string[] Person(string device, int at, string user, string city) =>
        new Visit(device, at) { Also = $"{user} AS user_id, '{city}' AS city" }.Rows($"{at} /a");
}
