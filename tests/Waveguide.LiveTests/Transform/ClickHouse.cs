using System.Diagnostics;
using System.Text.Json;
using Waveguide.Tests;
using Waveguide.Transform;

namespace Waveguide.LiveTests.Transform;

/// <summary>ClickHouse as a library in a Node process, which takes statements line by line.</summary>
internal sealed class ClickHouse : IEngine
{
    private readonly TemporaryFolder _folder = new();
    private readonly Process _node;

    public ClickHouse() =>
        _node = Process.Start(
            new ProcessStartInfo("node", [Readers.Find("clickhouse.mjs", "chdb"), _folder.At("clickhouse")])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;

    public Dialect Dialect => Dialect.ClickHouse;

    public string Format => "parquet";

    public async Task ExecuteAsync(IEnumerable<string> statements)
    {
        foreach (var statement in statements)
        {
            await _node.StandardInput.WriteLineAsync(JsonSerializer.Serialize(statement));
            await _node.StandardInput.FlushAsync();
            var problem = JsonSerializer.Deserialize<string>((await _node.StandardOutput.ReadLineAsync())!);
            Assert.True(problem?.Length == 0, $"{problem}\n{statement}");
        }
    }

    public string CreateTable(string relation, string query) =>
        $"create table {relation} engine = MergeTree order by tuple() as {query}";

    public string Drop(string kind, string relation) => $"drop {kind} if exists {relation}";

    public string Load(string relation, IReadOnlyList<string> columns, string file)
    {
        var list = string.Join(", ", columns);
        return $"insert into {relation} ({list}) select {list} from file('{file}', Parquet)";
    }

    public string Save(string relation, string file) =>
        $"insert into function file('{file}', Parquet) select * from {relation}";

    public async ValueTask DisposeAsync()
    {
        _node.StandardInput.Close();
        await _node.WaitForExitAsync();
        _node.Dispose();
        _folder.Dispose();
    }
}
