using System.Globalization;
using Waveguide.Storage;

namespace Waveguide.Tests.Destinations;

/// <summary>What a lake promises to those that an earlier or later Waveguide wrote.</summary>
public abstract partial class LakeContract
{
    private const string Layout = "_waveguide/layout.jsonl";

    [Fact]
    public async Task A_manifest_of_an_unknown_layout_is_left_alone()
    {
        await LoadAsync(Part(0, "a"));
        var whole = await ReadAsync(Ledger);
        await WriteAsync(Ledger, Numbered(whole, 99));
        foreach (var use in new Func<Task>[] { CoverageAsync, UuidsAsync, () => LoadAsync(Part(0, "b")) })
        {
            var refusal = await Assert.ThrowsAsync<DestinationException>(use);
            Assert.Contains($"newer Waveguide ({Ledger} has layout 99;", refusal.Message, StringComparison.Ordinal);
        }

        await WriteAsync(Ledger, whole);
        Assert.Equal(["a"], await UuidsAsync());
    }

    [Fact]
    public async Task Whatever_call_fails_while_an_older_layout_becomes_the_present_one_nothing_is_lost()
    {
        for (var at = 1; ; at += Stride)
        {
            await MakeFirstLayoutAsync();
            var store = new FaultyStore(await StoreAsync(), at);
            await LoadFromAsync(store, [Part(0, "a"), Part(1, "b"), Part(2, "c")]);
            Assert.Contains(string.Concat(await UuidsAsync()), new[] { "ab", "abc" });
            Assert.Equal(2, await LayoutAsync());
            await ClearAsync();
            if (!store.Failed)
            {
                Assert.InRange(at, 10, 100);
                return;
            }
        }
    }

    /// <summary>Puts the objects that Waveguide wrote before there was another layout.</summary>
    protected override async Task MakeFirstLayoutAsync()
    {
        var folder = Path.Combine(Repository.Root, "tests/Waveguide.Tests/Destinations/layout-1");
        await using var store = await StoreAsync();
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var key = Path.GetRelativePath(folder, path).Replace('\\', '/');
            await store.PutAsync(key, ObjectContent.Of(await File.ReadAllBytesAsync(path)), default);
        }
    }

    protected override async Task<int> LayoutAsync() =>
        int.Parse((await ReadAsync(Layout)).Split(':', ',')[1], CultureInfo.InvariantCulture);

    protected override async Task WriteLayoutAsync(int layout) =>
        await WriteAsync(Layout, Numbered(await ReadAsync(Layout), layout));

    /// <summary>What the lake's object says, with another number of its layout.</summary>
    private static string Numbered(string text, int layout) =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"layout\":{layout}{text[text.IndexOf(',')..]}");
}
