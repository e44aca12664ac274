using Waveguide.Amplitude;

namespace Waveguide.Tests.Root;

public sealed class WindowTests
{
    private static readonly UploadHour Start = UploadHour.Parse("2025-07-09");

    [Fact]
    public void It_halves_down_to_one_hour()
    {
        var window = new Window(24);
        var widths = new List<int>();
        while (window.Hours > 1)
        {
            window.Narrow(Slice(window.Hours));
            widths.Add(window.Hours);
        }

        Assert.Equal([12, 6, 3, 1], widths);
    }

    [Fact]
    public void It_widens_only_after_several_slices_that_filled_it()
    {
        var window = new Window(6);
        Assert.False(window.Widen(Slice(2)));
        Assert.Equal([false, false, false, true], Enumerable.Range(0, 4).Select(_ => window.Widen(Slice(6))));
        Assert.Equal(12, window.Hours);
    }

    [Fact]
    public void A_step_that_proved_too_wide_is_tried_again_later_than_the_first_time()
    {
        var window = new Window(12);
        var before = StepsToWiden(window, 12);
        window.Narrow(Slice(24));
        var after = StepsToWiden(window, 12);
        Assert.True(after > before, $"{after} steps after a failure, {before} before it");
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 3)]
    [InlineData(99, 24)]
    public void A_remembered_width_is_brought_to_one_that_is_used(int remembered, int used) =>
        Assert.Equal(used, new Window(remembered).Hours);

    private static int StepsToWiden(Window window, int hours)
    {
        var steps = 1;
        while (!window.Widen(Slice(hours)))
        {
            steps++;
        }

        return steps;
    }

    private static Slice Slice(int hours) =>
        new("web", EventsTable.Definition, new HourRange(Start, Start.AddHours(hours)));
}
