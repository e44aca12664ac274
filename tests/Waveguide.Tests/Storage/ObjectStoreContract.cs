using System.Security.Cryptography;
using System.Text;
using Waveguide.Storage;

namespace Waveguide.Tests.Storage;

/// <summary>What every object store promises. A subclass says how one is opened.</summary>
public abstract class ObjectStoreContract : IDisposable
{
    /// <summary>More than one part of an upload in parts.</summary>
    private const int Large = 21 << 20;

    private readonly TemporaryFolder _place = new();

    /// <summary>A folder of this test's own.</summary>
    private protected TemporaryFolder Place => _place;

    /// <summary>Opens the same store each time, which is empty when a test begins.</summary>
    protected abstract Task<IObjectStore> OpenAsync();

    [Fact]
    public async Task An_object_is_read_as_it_was_put_and_replaced_as_a_whole()
    {
        await using var store = await OpenAsync();
        await store.PutAsync("a/b/one.txt", Text("one, and longer"), default);
        Assert.Equal("one, and longer", await ReadAsync(store, "a/b/one.txt"));
        await store.PutAsync("a/b/one.txt", Text("two"), default);
        Assert.Equal("two", await ReadAsync(store, "a/b/one.txt"));
        await using var again = await OpenAsync();
        Assert.Equal("two", await ReadAsync(again, "a/b/one.txt"));
    }

    [Fact]
    public async Task An_object_that_is_not_there_is_none_and_deleting_it_is_no_failure()
    {
        await using var store = await OpenAsync();
        Assert.Null(await store.OpenAsync("not/there", default));
        await store.DeleteAsync("not/there", default);
        await store.PutAsync("a/b/c", Text("c"), default);
        Assert.Null(await store.OpenAsync("a/b", default));
        await store.DeleteAsync("a/b/c", default);
        Assert.Null(await store.OpenAsync("a/b/c", default));
        Assert.Empty(await KeysAsync(store, ""));
        await store.DeleteAsync("a/b/c", default);
    }

    [Theory]
    [InlineData(1000, 999)]
    [InlineData(Large, Large - 1)]
    [InlineData(Large, 100)]
    public async Task A_content_that_breaks_off_leaves_what_was_there(int length, int broken)
    {
        await using var store = await OpenAsync();
        await store.PutAsync("kept", Text("before"), default);
        foreach (var fails in new[] { false, true })
        {
            var content = new ObjectContent(length, () => new BreakingStream(length, broken, fails));
            await Assert.ThrowsAnyAsync<Exception>(() => store.PutAsync("kept", content, default));
            await Assert.ThrowsAnyAsync<Exception>(() => store.PutAsync("new", content, default));
        }

        Assert.Equal("before", await ReadAsync(store, "kept"));
        Assert.Equal(["kept"], await KeysAsync(store, ""));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(Large)]
    public async Task A_put_that_is_cancelled_on_its_way_leaves_what_was_there(int length)
    {
        await using var store = await OpenAsync();
        await store.PutAsync("kept", Text("before"), default);
        using var cancel = new CancellationTokenSource();
        var content = new ObjectContent(length, () => new BreakingStream(length, length, fails: false, cancel.Cancel));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.PutAsync("kept", content, cancel.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.PutAsync("new", content, cancel.Token));
        Assert.Equal("before", await ReadAsync(store, "kept"));
        Assert.Equal(["kept"], await KeysAsync(store, ""));
    }

    [Fact]
    public async Task Keys_are_listed_by_their_bytes_from_a_prefix_on_with_their_lengths()
    {
        string[] keys = ["a", "a-b/1", "a/1", "a/10", "a/2", "a/\uffee", "a/\U0001f600", "a0", "b/x", "B/x", "é"];
        await using var store = await OpenAsync();
        foreach (var key in keys.Except(["a"]).Reverse())
        {
            await store.PutAsync(key, Text(key), default);
        }

        var order = keys.Except(["a"])
            .OrderBy(key => Convert.ToHexString(Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal)
            .ToList();
        Assert.Equal(order, await KeysAsync(store, ""));
        Assert.Equal(order.Where(key => key.StartsWith("a/", StringComparison.Ordinal)), await KeysAsync(store, "a/"));
        Assert.Equal(["a/1", "a/10"], await KeysAsync(store, "a/1"));
        Assert.Empty(await KeysAsync(store, "a/3"));
        Assert.Empty(await KeysAsync(store, "c/"));
        var entry = await store.ListAsync("é", default).SingleAsync();
        Assert.Equal(2, entry.Length);
    }

    [Fact]
    public async Task More_than_a_page_of_keys_is_listed()
    {
        await using var store = await OpenAsync();
        string[] keys = [.. Enumerable.Range(0, 1100).Select(i => $"many/{i:d4}")];
        await Parallel.ForEachAsync(
            keys,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (key, token) => await store.PutAsync(key, Text("x"), token)
        );
        Assert.Equal(keys, await KeysAsync(store, "many/"));
    }

    [Theory]
    [InlineData("amplitude/events/date=2025-07-09/hour=00/100_2025-07-09_0#0.json.gz")]
    [InlineData("a b+c%20d&e=f?g;h,i'j\"k(l)m[n]@o$p!q~r^s`t{u}v|w<x>y:z*")]
    [InlineData("日本語/Ünïcødé/\U0001f600.json")]
    [InlineData("e\u0301/cafe\u0301")]
    [InlineData("trailing blank /.hidden/..twodots")]
    public async Task Odd_keys_are_kept_as_they_are(string key)
    {
        await using var store = await OpenAsync();
        await store.PutAsync(key, Text(key), default);
        Assert.Equal(key, await ReadAsync(store, key));
        Assert.Equal([key], await KeysAsync(store, key[..^1]));
        await store.DeleteAsync(key, default);
        Assert.Empty(await KeysAsync(store, ""));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Large)]
    public async Task Empty_and_large_objects_are_read_as_they_were_put(int length)
    {
        var bytes = RandomNumberGenerator.GetBytes(length);
        var path = _place.At("content");
        await File.WriteAllBytesAsync(path, [1, 2, 3, .. bytes, 4, 5]);
        await using var store = await OpenAsync();
        await store.PutAsync("memory", ObjectContent.Of(bytes), default);
        await store.PutAsync("file", ObjectContent.OfFile(path, 3, length), default);
        await foreach (var entry in store.ListAsync("", default))
        {
            Assert.Equal(length, entry.Length);
            await using var stream = await store.OpenAsync(entry.Key, default);
            Assert.Equal(SHA256.HashData(bytes), await SHA256.HashDataAsync(stream!));
        }

        Assert.Equal(["file", "memory"], await KeysAsync(store, ""));
    }

    [Fact]
    public async Task Many_write_read_and_delete_at_once()
    {
        await using var store = await OpenAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 64),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (i, token) =>
            {
                await store.PutAsync($"same/{i % 8}/{i}", Text($"{i}"), token);
                Assert.Equal($"{i}", await ReadAsync(store, $"same/{i % 8}/{i}"));
                await store.DeleteAsync($"same/{i % 8}/{i}", token);
            }
        );
        Assert.Empty(await KeysAsync(store, ""));
    }

    [Fact]
    public async Task One_at_a_time_holds_the_lock_and_the_other_is_told_who()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        await using (await one.LockAsync("waveguide sync", default))
        {
            var refusal = await Assert.ThrowsAsync<DestinationException>(() => other.LockAsync("another", default));
            Assert.Contains("in use by waveguide sync", refusal.Message, StringComparison.Ordinal);
            Assert.NotNull(refusal.Hint);
            await one.PutAsync("x", Text("x"), default);
            Assert.Equal(["x"], await KeysAsync(other, ""));
        }

        await using (await other.LockAsync("another", default))
        {
            await Assert.ThrowsAsync<DestinationException>(() => one.LockAsync("waveguide sync", default));
        }

        Assert.Equal(["x"], await KeysAsync(one, ""));
    }

    public void Dispose()
    {
        _place.Dispose();
        GC.SuppressFinalize(this);
    }

    private static ObjectContent Text(string text) => ObjectContent.Of(Encoding.UTF8.GetBytes(text));

    private static async Task<string> ReadAsync(IObjectStore store, string key)
    {
        await using var stream = await store.OpenAsync(key, default);
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private static async Task<List<string>> KeysAsync(IObjectStore store, string prefix) =>
        await store.ListAsync(prefix, default).Select(entry => entry.Key).ToListAsync();

    /// <summary>Claims a length, but ends or fails after some of it; says when it is asked.</summary>
    private sealed class BreakingStream(long length, long given, bool fails, Action? asked = null) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            asked?.Invoke();
            var read = (int)Math.Clamp(given - Position, 0, count);
            Position += read;
            return read > 0 || !fails ? read : throw new IOException("the disk broke");
        }

        public override long Seek(long offset, SeekOrigin origin) =>
            Position =
                offset
                + origin switch
                {
                    SeekOrigin.Begin => 0,
                    SeekOrigin.Current => Position,
                    _ => length,
                };

        public override void Flush() { }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
