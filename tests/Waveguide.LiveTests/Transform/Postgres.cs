using Waveguide.Tests;
using Waveguide.Transform;

namespace Waveguide.LiveTests.Transform;

/// <summary>A PostgreSQL of its own, on a socket in its own folder.</summary>
internal sealed class Postgres : IEngine
{
    private const string Installed = "/usr/lib/postgresql";

    private readonly TemporaryFolder _folder = new();
    private readonly string _programs;

    private Postgres(string programs) => _programs = programs;

    public Dialect Dialect => Dialect.Postgres;

    public string Format => "csv";

    private string Data => _folder.At("data");

    public static async Task<Postgres> StartAsync()
    {
        Witness.Require(Directory.Exists(Installed), "postgresql");
        var newest = Directory.EnumerateDirectories(Installed).Order(StringComparer.Ordinal).Last();
        var server = new Postgres(Path.Combine(newest, "bin"));
        Directory.CreateDirectory(server.Data);
        if (Environment.IsPrivilegedProcess)
        {
            await Command.RunAsync(["chown", "-R", "nobody", server._folder.Path]);
        }

        await server.RunAsync(
            "initdb",
            "-D",
            server.Data,
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N"
        );
        var options =
            $"-c listen_addresses='' -c unix_socket_directories='{server._folder.Path}' -c fsync=off -c timezone=UTC";
        await server.RunAsync(
            "pg_ctl",
            "start",
            "-w",
            "-D",
            server.Data,
            "-l",
            server._folder.At("log"),
            "-o",
            options
        );
        return server;
    }

    public Task ExecuteAsync(IEnumerable<string> statements) =>
        Command.RunAsync(
            [Path.Combine(_programs, "psql"), "-h", _folder.Path, "-U", "postgres", "-qX", "-v", "ON_ERROR_STOP=1"],
            string.Concat(statements.Select(statement => $"{statement}{(statement.StartsWith('\\') ? "" : ";")}\n"))
        );

    public string CreateTable(string relation, string query) => $"create table {relation} as {query}";

    public string Drop(string kind, string relation) => $"drop {kind} if exists {relation} cascade";

    public string Load(string relation, IReadOnlyList<string> columns, string file) =>
        $"\\copy {relation} ({string.Join(", ", columns)}) from '{file}' with (format csv, header)";

    public string Save(string relation, string file) =>
        $"\\copy (select * from {relation}) to '{file}' with (format csv, header)";

    public async ValueTask DisposeAsync()
    {
        await RunAsync("pg_ctl", "stop", "-D", Data, "-m", "immediate");
        _folder.Dispose();
    }

    /// <summary>The server refuses to run as root.</summary>
    private Task<string> RunAsync(string program, params string[] words)
    {
        string[] before = Environment.IsPrivilegedProcess ? ["runuser", "-u", "nobody", "--"] : [];
        return Command.RunAsync([.. before, Path.Combine(_programs, program), .. words]);
    }
}
