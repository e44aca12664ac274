using System.Text.Json;

namespace Waveguide.Tests.Simulator;

/// <summary>What Amplitude remembers of users, groups and repetitions from one event to the next.</summary>
public sealed class SenderStateTests
{
    [Theory]
    [InlineData("""{"$set":{"a":1}}""", """{"$set":{"a":[2]}}""", """{"a":[2]}""")]
    [InlineData("""{"a":1,"b":{"c":2}}""", """{"a":null}""", """{"b":{"c":2}}""")]
    [InlineData("""{"$setOnce":{"a":1}}""", """{"$setOnce":{"a":2,"b":3}}""", """{"a":1,"b":3}""")]
    [InlineData("""{"$add":{"a":1.5}}""", """{"$add":{"a":-4}}""", """{"a":-2.5}""")]
    [InlineData("""{"a":"x"}""", """{"$add":{"a":1}}""", """{"a":"x"}""")]
    [InlineData("""{"$append":{"a":1}}""", """{"$append":{"a":[2,1]}}""", """{"a":[1,2,1]}""")]
    [InlineData("""{"a":"x"}""", """{"$prepend":{"a":["y"]}}""", """{"a":["y","x"]}""")]
    [InlineData("""{"a":["x"]}""", """{"$preInsert":{"a":["x","y"]}}""", """{"a":["y","x"]}""")]
    [InlineData("""{"a":["x"]}""", """{"$postInsert":{"a":["x","y"]}}""", """{"a":["x","y"]}""")]
    [InlineData("""{"a":["x","y"]}""", """{"$remove":{"a":"x","b":1}}""", """{"a":["y"]}""")]
    [InlineData("""{"a":1,"b":2}""", """{"$unset":{"a":"-"}}""", """{"b":2}""")]
    [InlineData("""{"a":1,"b":2}""", """{"$clearAll":"-"}""", "{}")]
    public async Task User_properties_are_changed_and_stand_in_later_events(
        string first,
        string second,
        string expected
    )
    {
        await using var sender = await Sender.StartAsync();
        var (status, _) = await sender.UploadAsync(
            $$"""
            {"device_id":"device-1","event_type":"$identify","user_properties":{{first}}},
            {"device_id":"device-1","event_type":"$identify","user_properties":{{second}}},
            {"device_id":"device-1","event_type":"page"}
            """
        );
        Assert.Equal(200, status);
        Assert.Equal(expected, sender.Rows().Single().GetProperty("user_properties").GetRawText());
    }

    [Fact]
    public async Task An_event_may_keep_its_user_properties_to_itself()
    {
        await using var sender = await Sender.StartAsync();
        await sender.UploadAsync(
            """
            {"device_id":"device-1","event_type":"e","user_properties":{"a":1}},
            {"device_id":"device-1","event_type":"e","user_properties":{"b":2},"$skip_user_properties_sync":true},
            {"device_id":"device-1","event_type":"e"}
            """
        );
        Assert.Equal(
            ["""{"a":1}""", """{"b":2}""", """{"a":1}"""],
            sender.Rows().Select(row => row.GetProperty("user_properties").GetRawText())
        );
        Assert.Equal(
            [true, true, false],
            sender.Rows().Select(row => row.GetProperty("data").TryGetProperty("user_properties_updated", out _))
        );
    }

    [Fact]
    public async Task The_Identify_API_changes_later_events_and_makes_no_row()
    {
        await using var sender = await Sender.StartAsync();
        Assert.Equal(
            "200 success",
            await sender.IdentifyAsync(
                "identify",
                """[{"user_id":"ana@example.org","user_properties":{"$set":{"a":1}}}]"""
            )
        );
        Assert.Empty(sender.Rows());
        await sender.UploadAsync("""{"user_id":"ana@example.org","event_type":"page"}""");
        Assert.Equal("""{"a":1}""", sender.Rows().Single().GetProperty("user_properties").GetRawText());
    }

    [Theory]
    [InlineData("identify", """{"user_properties":{}}""", "key", "400 missing_field")]
    [InlineData("groupidentify", """{"group_type":"team"}""", "key", "400 missing_field")]
    [InlineData("identify", "{", "key", "400 invalid_json")]
    [InlineData("groupidentify", "{}", "other", "400 invalid_api_key")]
    public async Task A_bad_identification_is_refused(string path, string identification, string key, string expected)
    {
        await using var sender = await Sender.StartAsync();
        Assert.Equal(expected, await sender.IdentifyAsync(path, identification, key));
    }

    [Fact]
    public async Task Groups_are_lists_with_properties_and_those_of_an_identification_stay()
    {
        await using var sender = await Sender.StartAsync();
        await sender.IdentifyAsync(
            "groupidentify",
            """{"group_type":"team","group_value":"S\u00e3o","group_properties":{"$set":{"size":3}}}"""
        );
        await sender.UploadAsync(
            """
            {"event_type":"$groupidentify","groups":{"plan":"pro"},"group_properties":{"$set":{"price":9}}},
            {"device_id":"device-1","event_type":"$identify","groups":{"team":"São"}},
            {"device_id":"device-1","event_type":"page","groups":{"plan":["pro","beta"]}},
            {"device_id":"device-1","event_type":"page"}
            """
        );
        var rows = sender.Rows();
        Assert.Equal(2, rows.Count);
        Assert.True(Same("""{"team":["São"],"plan":["pro","beta"]}""", rows[0], "groups"));
        Assert.True(
            Same("""{"team":{"São":{"size":3}},"plan":{"pro":{"price":9},"beta":{}}}""", rows[0], "group_properties")
        );
        Assert.True(Same("""{"team":["São"]}""", rows[1], "groups"));
        Assert.Equal("""{"3124":[2357687219]}""", rows[1].GetProperty("data").GetProperty("group_ids").GetRawText());
    }

    [Fact]
    public async Task The_same_insert_id_of_a_device_counts_once_in_seven_days()
    {
        await using var sender = await Sender.StartAsync();
        const string Sent = """{"device_id":"device-1","event_type":"page","insert_id":"i-1"}""";
        await sender.UploadAsync($"{Sent},{Sent}");
        await sender.UploadAsync(Sent.Replace("device-1", "device-2", StringComparison.Ordinal));
        sender.Clock.Now = Sender.Noon.AddDays(7).AddSeconds(-1);
        await sender.UploadAsync(Sent);
        Assert.Equal(2, sender.Rows().Count);
        sender.Clock.Now = Sender.Noon.AddDays(7);
        await sender.UploadAsync(Sent);
        Assert.Equal(3, sender.Rows().Count);
        Assert.Equal(3, sender.Rows().Select(row => row.GetProperty("uuid").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Amplitude_ids_follow_the_users_of_a_device()
    {
        await using var sender = await Sender.StartAsync();
        await sender.UploadAsync(
            """
            {"device_id":"phone","event_type":"before anyone is known"},
            {"device_id":"phone","user_id":"user-ana","event_type":"the first user takes the device's id over"},
            {"device_id":"phone","event_type":"an anonymous event is the last user's"},
            {"device_id":"phone","user_id":"user-ben","event_type":"the second user has an id of his own"},
            {"device_id":"laptop","user_id":"user-ana","event_type":"a known user keeps her id"},
            {"device_id":"tablet","event_type":"another anonymous device"},
            {"device_id":"tablet","user_id":"user-ana","event_type":"whose id becomes part of hers"}
            """
        );
        var ids = sender.Rows().ConvertAll(row => row.GetProperty("amplitude_id").GetInt64());
        Assert.Equal([ids[0], ids[0], ids[0], ids[3], ids[0], ids[5], ids[0]], ids);
        Assert.Equal(3, ids.Distinct().Count());
        Assert.True(ids[0] > int.MaxValue);
        var data = sender.Rows()[6].GetProperty("data");
        Assert.Equal(ids[5], data.GetProperty("merged_amplitude_id").GetInt64());
        Assert.Equal(
            [true, false, false, true, false, true, false],
            sender.Rows().Select(row => row.GetProperty("data").TryGetProperty("first_event", out _))
        );
    }

    private static bool Same(string expected, JsonElement row, string key)
    {
        using var json = JsonDocument.Parse(expected);
        return JsonElement.DeepEquals(json.RootElement, row.GetProperty(key));
    }
}
