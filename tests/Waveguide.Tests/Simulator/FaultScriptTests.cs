using Waveguide.Simulator;
using Waveguide.Simulator.Tables;

namespace Waveguide.Tests.Simulator;

public sealed class FaultScriptTests
{
    [Fact]
    public void A_script_is_read_from_JSON()
    {
        var script = FaultScript.Parse(
            """{"rules":[{"fault":"bad-zip-crc","from":"2025-07-09T14","until":"2025-07-10"},{"fault":"status","status":429,"retryAfter":5,"request":2,"times":3}]}"""
        );
        Assert.Equal(
            [
                new FaultRule
                {
                    Fault = FaultKind.BadZipCrc,
                    From = Exporter.Day.AddHours(14),
                    Until = Exporter.Day.AddDays(1),
                },
                new FaultRule
                {
                    Fault = FaultKind.Status,
                    Status = 429,
                    RetryAfter = 5,
                    Request = 2,
                    Times = 3,
                },
            ],
            script.Rules
        );
    }

    [Fact]
    public void Answers_of_the_other_APIs_are_read_too()
    {
        var script = FaultScript.Parse(
            """{"answers":[{"path":"/api/3/cohorts","status":429,"retryAfter":3,"times":2,"text":"no"}]}"""
        );
        Assert.Equal(
            [
                new RestFault("/api/3/cohorts", 429)
                {
                    RetryAfter = 3,
                    Times = 2,
                    Text = "no",
                },
            ],
            script.Answers
        );
        Assert.Equal(script.Answers, FaultScript.Parse(script.ToJson()).Answers);
    }

    [Fact]
    public void Every_kind_survives_writing_and_reading()
    {
        var script = FaultScript.Of([
            .. Enum.GetValues<FaultKind>()
                .Select(kind => new FaultRule { Fault = kind, From = Exporter.Day.AddHours(9) }),
        ]);
        Assert.Equal(script.Rules, FaultScript.Parse(script.ToJson()).Rules);
    }

    [Theory]
    [InlineData("""{"rules":[{"fault":"bad-crc"}]}""", "$.rules[0].fault", "\"bad-crc\"", "bad-zip-crc")]
    [InlineData("""{"rules":[{"fault":"stall","tmies":1}]}""", "$.rules[0].tmies", "not known", "retryAfter")]
    [InlineData("""{"rules":[{"fault":"stall","from":"tomorrow"}]}""", "$.rules[0].from", "tomorrow", "2025-07-09T14")]
    [InlineData("""{"rules":[{"times":1}]}""", "$.rules[0]", "fault", "")]
    [InlineData("""{"answers":[{"path":"/","staus":1}]}""", "$.answers[0].staus", "not known", "retryAfter, status")]
    [InlineData("""{"answers":[{"status":500}]}""", "$.answers[0]", "path", "")]
    [InlineData("nonsense", "$", "", "")]
    public void A_bad_script_says_where_and_what_is_known(string json, string place, string found, string expected)
    {
        var error = Assert.Throws<FormatException>(() => FaultScript.Parse(json));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
