using System.Security.Cryptography;
using Waveguide.Storage;

namespace Waveguide.Tests.Storage;

public sealed class ResumedStreamTests
{
    private static readonly byte[] Truth = RandomNumberGenerator.GetBytes(1000);
    private static readonly TimeSpan Stall = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task What_breaks_off_or_stands_still_is_asked_for_from_there_on()
    {
        var clock = new ImpatientClock(DateTimeOffset.UnixEpoch) { Patience = TimeSpan.Zero };
        await using var stream = new Resumed(
            [Body.Ends(300), Body.Breaks(0), Body.StandsStill(100, () => clock.Advance(Stall)), Body.Breaks(599)],
            clock
        );
        using var read = new MemoryStream();
        await stream.CopyToAsync(read);
        Assert.Equal(Truth, read.ToArray());
        Assert.Equal([300, 300, 400, 999], stream.Asked);
    }

    [Fact]
    public async Task Five_breaks_are_borne_where_no_byte_comes_between_them()
    {
        var bodies = Enumerable.Repeat(Body.Breaks(0), 5).Append(Body.Breaks(1));
        await using var borne = new Resumed([.. bodies], TimeProvider.System);
        await borne.ReadExactlyAsync(new byte[Truth.Length]);

        await using var given = new Resumed([.. Enumerable.Repeat(Body.Ends(0), 6)], TimeProvider.System);
        var failure = await Assert.ThrowsAsync<DestinationException>(() => given.CopyToAsync(Stream.Null));
        Assert.Equal("it ended after 0 of 1,000 bytes, 6 times", failure.Message);
    }

    [Fact]
    public async Task Who_cancels_is_not_taken_for_a_break()
    {
        using var cancelled = new CancellationTokenSource();
        await using var stream = new Resumed([Body.StandsStill(0, cancelled.Cancel)], TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stream.CopyToAsync(Stream.Null, cancelled.Token));
        Assert.Empty(stream.Asked);
    }

    /// <summary>The bodies in turn, and then the rest whole.</summary>
    private sealed class Resumed(Body[] bodies, TimeProvider clock)
        : ResumedStream(new BodyStream(bodies[0], 0), Truth.Length, Stall, clock)
    {
        public List<long> Asked { get; } = [];

        protected override Task<Stream> OpenRestAsync(long from, CancellationToken cancellationToken)
        {
            Asked.Add(from);
            return Task.FromResult<Stream>(
                Asked.Count < bodies.Length
                    ? new BodyStream(bodies[Asked.Count], (int)from)
                    : new MemoryStream(Truth, (int)from, Truth.Length - (int)from)
            );
        }

        protected override DestinationException Broken(Exception reason, int breaks) =>
            new($"{reason.Message}, {breaks} times");
    }

    /// <param name="Bytes">That come before the end.</param>
    private sealed record Body(int Bytes, Func<CancellationToken, Task> End)
    {
        public static Body Ends(int bytes) => new(bytes, _ => Task.CompletedTask);

        public static Body Breaks(int bytes) => new(bytes, _ => throw new IOException("the line broke"));

        public static Body StandsStill(int bytes, Action then) =>
            new(
                bytes,
                token =>
                {
                    var silence = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                    then();
                    return silence;
                }
            );
    }

    private sealed class BodyStream(Body body, int from) : MemoryStream(Truth, from, body.Bytes)
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                await body.End(cancellationToken);
            }

            return read;
        }
    }
}
