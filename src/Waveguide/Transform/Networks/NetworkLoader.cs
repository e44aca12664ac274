using System.Globalization;

namespace Waveguide.Transform.Networks;

/// <summary>Puts a set of address ranges, and rules of the user's own, into the warehouse, in place of those before.</summary>
public sealed class NetworkLoader(IDestination destination)
{
    private const string RangesTable = "network_ranges";
    private const string RulesTable = "network_rules";
    private const string NamesTable = "name_rules";

    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        [RangesTable] =
            "first_key VARCHAR, last_key VARCHAR, asn BIGINT, organisation VARCHAR, dataset VARCHAR, dataset_date DATE",
        [RulesTable] = "first_key VARCHAR, last_key VARCHAR, company VARCHAR, network_class VARCHAR",
        [NamesTable] = "pattern VARCHAR, company VARCHAR, network_class VARCHAR, position BIGINT",
    };

    private readonly Warehouse _warehouse = new(destination.QueryAsync);

    /// <summary>Replaces all ranges by those of these files, which count as one set.</summary>
    /// <returns>How many ranges without overlap were written.</returns>
    /// <exception cref="ConfigurationException">A file cannot be read, or is no set of ranges; nothing is changed.</exception>
    /// <exception cref="DestinationException">The warehouse cannot be written; nothing is changed.</exception>
    public async Task<long> LoadRangesAsync(
        IReadOnlyList<string> files,
        string dataset,
        DateOnly date,
        CancellationToken cancellationToken
    )
    {
        var ranges = RangeCutter.Cut(files.SelectMany(RangeFile.Read)).ToList();
        if (ranges.Count == 0)
        {
            throw new ConfigurationException($"{string.Join(" and ", files)} held no ranges; nothing was changed.");
        }

        var day = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return await ReplaceAsync(
            RangesTable,
            ranges.Select(range =>
                Line(Key(range.First), Key(range.Last), range.Holder.Asn, range.Holder.Organisation, dataset, day)
            ),
            cancellationToken
        );
    }

    /// <summary>Replaces all rules by those of the file.</summary>
    /// <inheritdoc cref="LoadRangesAsync" path="/exception"/>
    /// <returns>How many rules were written.</returns>
    public async Task<long> LoadRulesAsync(string file, CancellationToken cancellationToken)
    {
        var rules = RuleFile.Read(file);
        var networks = RangeCutter.Cut(rules.Networks);
        var written = await ReplaceAsync(
            RulesTable,
            networks.Select(rule =>
                Line(Key(rule.First), Key(rule.Last), rule.Holder.Company, rule.Holder.NetworkClass)
            ),
            cancellationToken
        );
        var names = rules.Names.Select(
            (rule, at) => Line(rule.Pattern, rule.Rule.Company, rule.Rule.NetworkClass, at + 1)
        );
        return written + await ReplaceAsync(NamesTable, names, cancellationToken);
    }

    private async Task<long> ReplaceAsync(string table, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("waveguide-");
        try
        {
            var spool = Path.Combine(folder.FullName, $"{table}.csv");
            await File.WriteAllLinesAsync(spool, lines, cancellationToken);
            var columns = string.Join(
                ", ",
                Columns[table]
                    .Split(", ")
                    .Select(column => $"'{column.Replace(" ", "': '", StringComparison.Ordinal)}'")
            );
            await _warehouse.TransactAsync(
                async () =>
                {
                    await _warehouse.ExecuteAsync(
                        $"CREATE OR REPLACE TABLE waveguide.{table} ({Columns[table]})",
                        cancellationToken
                    );
                    await _warehouse.ExecuteAsync(
                        $"""
                        INSERT INTO waveguide.{table} FROM read_csv($1, columns = {'{'}{columns}{'}'}, header = false,
                            auto_detect = false, delim = ',', quote = '"', escape = '"', strict_mode = true)
                        """,
                        [spool],
                        cancellationToken
                    );
                },
                cancellationToken
            );
            return (long)(await _warehouse.ScalarAsync($"SELECT count(*) FROM waveguide.{table}", cancellationToken))!;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Key(AddressKey key) => key.ToString();

    /// <summary>Null is nothing between the commas.</summary>
    private static string Line(params ReadOnlySpan<object?> cells)
    {
        var texts = new List<string>(cells.Length);
        foreach (var cell in cells)
        {
            texts.Add(
                cell is string text
                    ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
                    : Convert.ToString(cell, CultureInfo.InvariantCulture) ?? string.Empty
            );
        }

        return string.Join(',', texts);
    }
}
