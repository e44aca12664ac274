using System.CommandLine;
using Waveguide.Amplitude;
using Waveguide.Cli.Output;

namespace Waveguide.Cli.Commands;

internal static class TablesCommand
{
    public static Command Create(CliHost host)
    {
        var name = new Argument<string?>("name")
        {
            Description = "A table, to list its columns.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var options = new CommonOptions();
        var command = new Command("tables", "Lists the tables that can be carried, or one table's columns.")
        {
            name,
            options.Json,
        };
        command.SetAction(parsed =>
        {
            var json = parsed.GetValue(options.Json);
            if (parsed.GetValue(name) is { } wanted)
            {
                ShowColumns(host, TableNames.Find(wanted), json);
            }
            else
            {
                ShowTables(host, json);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void ShowTables(CliHost host, bool json)
    {
        foreach (var table in AmplitudeTables.All)
        {
            if (json)
            {
                host.Out.WriteJson(Description(table));
            }
        }

        if (!json)
        {
            var rows = AmplitudeTables.All.Select(table =>
                new[]
                {
                    table.Name,
                    Kind(table),
                    $"{table.Columns.Count}",
                    table.Cursor ?? "-",
                    string.Join(", ", table.PrimaryKey),
                }
            );
            TextTable.Write(host.Out, ["table", "kind", "cols", "cursor", "key"], rows, wrap: true);
        }
    }

    private static void ShowColumns(CliHost host, Table table, bool json)
    {
        if (json)
        {
            host.Out.WriteJson(Description(table));
            return;
        }

        host.Out.WriteLine(
            $"{table.Name}: {Kind(table)}, key {string.Join(", ", table.PrimaryKey)}, cursor {table.Cursor ?? "none"}"
        );
        host.Out.WriteLine();
        var rows = table.Columns.Select(column => new[] { column.Name, Type(column), column.Description });
        TextTable.Write(host.Out, ["column", "type", "meaning"], rows, wrap: true);
    }

    private static object Description(Table table) =>
        new
        {
            table = table.Name,
            kind = Kind(table),
            primary_key = table.PrimaryKey,
            cursor = table.Cursor,
            columns = table.Columns.Select(column => new
            {
                name = column.Name,
                source = column.Source,
                type = Type(column),
                description = column.Description,
            }),
        };

    private static string Kind(Table table) => table.Kind.ToString().ToLowerInvariant();

    private static string Type(Column column) => column.Type.ToString().ToLowerInvariant();
}
