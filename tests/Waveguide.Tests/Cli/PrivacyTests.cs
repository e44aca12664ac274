using System.IO.Compression;
using System.Text;
using Waveguide.Cli;
using Waveguide.Simulator;
using Waveguide.Simulator.Tables;

namespace Waveguide.Tests.Cli;

/// <summary>What shall not be kept is nowhere to be found in a warehouse or a lake.</summary>
public sealed class PrivacyTests
{
    private const string Key = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";
    private const string V4 = "203.0.113.77";
    private const string V6 = "2001:db8:1:2::3";
    private const string Person = "ann@example.com";
    private const string Sync = "sync --from 2025-07-10 --quiet";

    private static readonly DateTime Hour = new(2025, 7, 10, 5, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("keep", V4, V6)]
    [InlineData("truncate", "203.0.113.0", "2001:db8:1::")]
    [InlineData("hmac", "of key", "of key")]
    [InlineData("drop", "", "")]
    public async Task An_address_lands_as_the_models_would_keep_it(string form, string v4, string v6)
    {
        await using var shell = await StartAsync($"ip: {form}, ip_at: landing");
        await using var other = await StartAsync($"ip: {form}");
        string[] expected = form == "hmac" ? [Hash(V4), Hash(V6)] : [v4, v6];
        foreach (var one in new[] { shell, other })
        {
            (await one.RunAsync($"{Sync} --transform")).Ended(ExitCode.Done);
            Assert.Equal(expected, await ColumnAsync(one, "analytics.stg_events", "ip_address", "event_key"));
        }

        Assert.Equal(expected, await ColumnAsync(shell, "amplitude.events", "ip_address"));
        Assert.Equal([V4, V6], await ColumnAsync(other, "amplitude.events", "ip_address"));
    }

    [Fact]
    public async Task Another_run_hashes_alike_and_another_key_otherwise()
    {
        await using var shell = await StartAsync("ip: hmac, hash: [user_id]");
        (await shell.RunAsync($"{Sync} --transform")).Ended(ExitCode.Done);
        var first = await ColumnAsync(
            shell,
            "analytics.stg_events",
            "ip_address || user_id || address_key",
            "event_key"
        );
        var again = (await shell.RunAsync("transform")).Ended(ExitCode.Done);
        Assert.Contains("up to date", again.Flat);
        await shell.RunAsync("state forget --from 2025-07-10 --until 2025-07-12 --yes");
        (await shell.RunAsync($"{Sync} --transform")).Ended(ExitCode.Done);
        Assert.Equal(
            first,
            await ColumnAsync(shell, "analytics.stg_events", "ip_address || user_id || address_key", "event_key")
        );

        shell.Environment["WAVEGUIDE_PRIVACY_KEY"] = new string('7', 64);
        (await shell.RunAsync("transform")).Ended(ExitCode.Done);
        var other = await ColumnAsync(
            shell,
            "analytics.stg_events",
            "ip_address || user_id || address_key",
            "event_key"
        );
        Assert.NotEqual(first[0][..64], other[0][..64]);
        Assert.Equal(first[0][64..128], other[0][64..128]);
    }

    [Theory]
    [InlineData("duckdb:warehouse.duckdb")]
    [InlineData("file:lake?format=json.gz")]
    [InlineData("file:lake?format=json")]
    [InlineData("file:lake?format=parquet")]
    public async Task Neither_address_nor_person_nor_key_is_anywhere_in_the_destination(string destination)
    {
        string[] secrets = [V4, V6, Person, "secretly-no-boolean", Key];
        await using var open = await StartAsync("ip: keep", destination);
        (await open.RunAsync(Sync)).Ended(ExitCode.Done);
        Assert.All(secrets[..^1], secret => Assert.Contains(secret, Everything(open), StringComparison.Ordinal));

        await using var shell = await StartAsync(
            "ip: hmac, ip_at: landing, hash: [user_id], drop: [is_attribution_event]",
            destination
        );
        var said = (await shell.RunAsync("sync --from 2025-07-10 --verbose")).Ended(ExitCode.Done);
        if (destination.StartsWith("duckdb", StringComparison.Ordinal))
        {
            (await shell.RunAsync("transform")).Ended(ExitCode.Done);
        }

        var everything = Everything(shell) + said.Out + said.Error;
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, everything, StringComparison.Ordinal));
        Assert.Equal([Hash(Person), ""], await ColumnAsync(shell, "amplitude.events", "user_id"));
        Assert.Contains(Hash(Person), (await ColumnAsync(shell, "amplitude.events", "event_properties"))[0]);
        Assert.Contains("kept", (await ColumnAsync(shell, "amplitude.events", "_extra"))[0]);
        Assert.Equal(["xxx@xxxxxxx.xxx xx xx xxxx"], await ColumnAsync(shell, "waveguide.quarantine", "raw", "line"));
        (await shell.RunAsync("verify --from 2025-07-10 --until 2025-07-12")).Ended(ExitCode.Done);
        var second = (await shell.RunAsync("backfill --again --from 2025-07-10 --until 2025-07-12")).Ended(
            ExitCode.Done
        );
        Assert.DoesNotContain("replaced", second.Flat);
    }

    [Fact]
    public async Task Hours_that_landed_before_are_told_by_verify_and_hidden_when_they_land_again()
    {
        await using var shell = await StartAsync("ip: keep");
        (await shell.RunAsync(Sync)).Ended(ExitCode.Done);
        shell.WithFile("waveguide.yml", "privacy: { ip: drop, ip_at: landing }\n");
        var told = (await shell.RunAsync("verify --from 2025-07-10 --until 2025-07-12")).Ended(ExitCode.SomeFailed);
        Assert.Contains("altered", told.Flat);
        (await shell.RunAsync("backfill --again --from 2025-07-10 --until 2025-07-12")).Ended(ExitCode.Done);
        (await shell.RunAsync("verify --from 2025-07-10 --until 2025-07-12")).Ended(ExitCode.Done);
        Assert.Equal(["", ""], await ColumnAsync(shell, "amplitude.events", "ip_address"));
    }

    [Theory]
    [InlineData("duckdb:warehouse.duckdb")]
    [InlineData("file:lake?format=json.gz")]
    [InlineData("file:lake?format=json")]
    [InlineData("file:lake?format=parquet")]
    public async Task Deletions_find_a_user_whose_id_is_hashed_and_leave_the_others_hidden(string destination)
    {
        const string Job =
            """{"day":"2025-07-11","status":"done","amplitude_ids":[{"amplitude_id":4711,"requested_on_day":"2025-07-01","requester":"x@example.com"}]}""";
        var tables = new SimulatedTables { Deletions = [Job] };
        await using var shell = await Shell.StartImpatientAsync(
            project => project with { Tables = tables, Users = [Person] },
            Data()
        );
        shell.Environment["WAVEGUIDE_PRIVACY_KEY"] = Key;
        shell.WithFile(
            "waveguide.yml",
            $"privacy: {{ ip: hmac, ip_at: landing, hash: [user_id] }}\ndestination: {destination}\nload: {{ spool: spool }}\n"
        );
        const string Tables = "--table events --table user_profiles --table deletions";
        (await shell.RunAsync($"sync --from 2025-07-10 {Tables} --user-ids {Person}")).Ended(ExitCode.Done);
        Assert.Equal([Hash(Person)], await ColumnAsync(shell, "amplitude.user_profiles", "user_id", "user_id"));
        Assert.Equal([Hash(V4), Hash(V6)], await ColumnAsync(shell, "amplitude.events", "ip_address"));
        (await shell.RunAsync("apply-deletions --apply")).Ended(ExitCode.Done);
        (await shell.RunAsync("backfill --again --from 2025-07-10 --until 2025-07-12")).Ended(ExitCode.Done);
        Assert.Equal([""], await ColumnAsync(shell, "amplitude.events", "user_id"));
        Assert.Equal([Hash(V6)], await ColumnAsync(shell, "amplitude.events", "ip_address"));
        Assert.Equal("0", await shell.CellsAsync("select count(*) from amplitude.user_profiles"));
        (await shell.RunAsync("verify --from 2025-07-10 --until 2025-07-12")).Ended(ExitCode.Done);
        if (Directory.Exists(Path.Combine(shell.Folder, "lake")))
        {
            string[] gone = [Person, Hash(Person), V4, Hash(V4), V6];
            Assert.All(gone, one => Assert.DoesNotContain(one, Everything(shell), StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("drop: [citty]", "must be a column of some table, not \"citty\". Did you mean \"city\"?")]
    [InlineData("hash: [user_properties]", "must be a column of texts, not \"user_properties\".")]
    [InlineData("drop: [ip_address]", "need not name ip_address, of which privacy.ip says what is kept")]
    [InlineData("drop: [amplitude_id]", "may not name amplitude_id, by which apply-deletions finds")]
    [InlineData("drop: [uuid]", "events tells its rows apart by uuid, which privacy would hide.")]
    [InlineData("hash: [uuid]", "events tells its rows apart by uuid, which privacy would hide.")]
    [InlineData("drop: [city], hash: [city]", "city stands in privacy.drop and in privacy.hash: choose one.")]
    [InlineData("ip: hide", "must be keep, truncate, hmac or drop, not \"hide\".")]
    [InlineData("key: 4711", "must be 64 hexadecimal digits in lower case, as openssl rand -hex 32 gives.")]
    public async Task What_cannot_be_hidden_is_refused_in_a_sentence(string privacy, string sentence)
    {
        await using var shell = await StartAsync(privacy);
        var refused = (await shell.RunAsync("sync --from 2025-07-10")).Ended(ExitCode.Usage);
        Assert.Contains(sentence, refused.Flat);
        Assert.DoesNotContain("4711", refused.Flat);
        Assert.False(File.Exists(shell.Warehouse));
    }

    [Theory]
    [InlineData("hash: [user_id]", "sync --from 2025-07-10", "privacy.hash needs a key")]
    [InlineData("ip: hmac, ip_at: landing", "sync --from 2025-07-10", "privacy.ip: hmac needs a key")]
    [InlineData("ip: hmac", "sync --from 2025-07-10 --transform", "privacy.ip: hmac needs a key")]
    [InlineData("ip: hmac", "transform", "privacy.ip: hmac needs a key")]
    [InlineData("ip: keep", "transform --var privacy_ip=hmac", "privacy.ip: hmac needs a key")]
    public async Task Without_a_key_nothing_is_hashed_and_nothing_is_written(
        string privacy,
        string verb,
        string sentence
    )
    {
        await using var shell = await StartAsync(privacy);
        shell.Environment.Remove("WAVEGUIDE_PRIVACY_KEY");
        var refused = (await shell.RunAsync(verb)).Ended(ExitCode.Usage);
        Assert.Contains($"{sentence}, and WAVEGUIDE_PRIVACY_KEY is not set.", refused.Flat);
        Assert.Contains("openssl rand -hex 32", refused.Flat);
        Assert.False(File.Exists(shell.Warehouse));
    }

    [Fact]
    public async Task A_key_is_taken_from_no_command_line()
    {
        await using var shell = await StartAsync("ip: hmac");
        var refused = (await shell.RunAsync($"transform --var privacy_ip_key={Key}")).Ended(ExitCode.Usage);
        Assert.Contains("privacy_ip_key is a secret, and stands neither in transform.vars nor in --var.", refused.Flat);
        Assert.DoesNotContain(Key, refused.Flat);
    }

    [Fact]
    public async Task Kept_archives_and_profiles_of_hidden_users_are_refused_beside_it()
    {
        await using var shell = await StartAsync("hash: [user_id]");
        var archives = (await shell.RunAsync($"{Sync} --destination file:lake?archive=keep")).Ended(ExitCode.Usage);
        Assert.Contains("archive: keep stores Amplitude's archives as they came", archives.Flat);
        var profiles = (await shell.RunAsync("sync --table user_profiles")).Ended(ExitCode.Usage);
        Assert.Contains(
            "user_profiles takes its users from the landed events, whose user_id privacy.hash hides.",
            profiles.Flat
        );
    }

    private static async Task<Shell> StartAsync(string privacy, string destination = "duckdb:warehouse.duckdb")
    {
        var shell = await Shell.StartAsync(Data());
        shell.Environment["WAVEGUIDE_PRIVACY_KEY"] = Key;
        shell.Environment["WAVEGUIDE_DESTINATION"] = destination;
        return shell.WithFile("waveguide.yml", $"privacy: {{ {privacy} }}\n");
    }

    private static MemoryData Data() =>
        new MemoryData().Add(
            Hour,
            1,
            Shell.Row(
                "a",
                Hour,
                $$"""
                "amplitude_id":4711,"user_id":"{{Person}}","ip_address":"{{V4}}","is_attribution_event":"secretly-no-boolean","other":"kept, not {{V4}}","event_properties":{"by":"{{Person}}","from":["{{V4}}"]},
                """.Trim()
            ),
            Shell.Row("b", Hour, $"\"ip_address\":\"{V6}\",\"user_properties\":{{\"{V6}\":1}},"),
            Encoding.UTF8.GetBytes($"{Person} is no JSON")
        );

    private static string Hash(string text) => PrivacyKey.Of(Key)!.Hash(Encoding.UTF8.GetBytes(text));

    /// <summary>All bytes of all files there are, those of archives unpacked.</summary>
    private static string Everything(Shell shell) =>
        string.Concat(
            Directory
                .EnumerateFiles(shell.Folder, "*", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith("waveguide.yml", StringComparison.Ordinal))
                .Select(Text)
        );

    private static string Text(string file)
    {
        using var stream = File.OpenRead(file);
        using var all = new MemoryStream();
        if (file.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var gzip = new GZipStream(stream, CompressionMode.Decompress);
            gzip.CopyTo(all);
        }
        else
        {
            stream.CopyTo(all);
        }

        return Encoding.Latin1.GetString(all.ToArray());
    }

    private static async Task<IReadOnlyList<string>> ColumnAsync(
        Shell shell,
        string table,
        string column,
        string order = "uuid"
    )
    {
        var sql = $"select coalesce(({column})::varchar, '') as it from {table} order by {order}";
        var lines = (await shell.RunAsync(["query", sql, "--format", "csv"])).Ended(ExitCode.Done).OutLines;
        return [.. lines.Skip(1).Select(line => line.Trim('"'))];
    }
}
