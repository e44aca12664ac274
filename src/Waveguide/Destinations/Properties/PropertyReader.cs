namespace Waveguide.Destinations.Properties;

/// <summary>Reads which properties events and users have had.</summary>
public static class PropertyReader
{
    /// <summary>Counts them anew from every landed event, for a destination that keeps no registry.</summary>
    /// <exception cref="DestinationException">The destination has no events, or cannot be read.</exception>
    public static Task<PropertySnapshot> CountAsync(IDestination destination, CancellationToken cancellationToken) =>
        ReadAsync(
            destination,
            $"MATERIALIZED ({PropertySql.Hours("amplitude.events")})",
            PropertySql.Types("hours"),
            cancellationToken
        );

    /// <summary>What a registry has counted.</summary>
    internal static Task<PropertySnapshot> ReadAsync(IDestination registry, CancellationToken cancellationToken) =>
        ReadAsync(
            registry,
            "NOT MATERIALIZED (FROM waveguide.property_hours)",
            "FROM waveguide.property_types",
            cancellationToken
        );

    /// <param name="hours">How a query like that of <see cref="PropertySql.Hours"/> is used.</param>
    /// <param name="types">A query like that of <see cref="PropertySql.Types"/>.</param>
    private static async Task<PropertySnapshot> ReadAsync(
        IDestination destination,
        string hours,
        string types,
        CancellationToken cancellationToken
    )
    {
        await using var result = await destination.QueryAsync(
            $"""
            WITH hours AS {hours}, types AS ({types}), gone AS ({PropertySql.GoneTypes("hours", "types")})
            SELECT project, kind, event_type, property, type, first_hour, last_hour, count,
                property IS NULL AND kind = 'event' AND EXISTS (
                    FROM gone WHERE gone.project = types.project AND gone.event_type IS NOT DISTINCT FROM types.event_type
                ) AS is_gone
            FROM types
            ORDER BY project, kind, event_type, property, first_hour, type
            """,
            [],
            cancellationToken
        );
        var rows = await result.RowsAsync(cancellationToken).Select(row => new Row(row)).ToListAsync(cancellationToken);
        var newest = rows.Where(row => row.Property is null)
            .ToDictionary(row => (row.Project, row.Kind, row.EventType), row => row.Last);
        return new PropertySnapshot([
            .. rows.Where(row => row is { Property: null, Kind: PropertyKind.Event }).Select(Type),
            .. rows.Where(row => row.Property is not null)
                .GroupBy(row => (row.Project, row.Kind, row.EventType, row.Property!))
                .Select(group => Property(group, newest[(group.Key.Project, group.Key.Kind, group.Key.EventType)])),
        ]);
    }

    private static EventProperty Type(Row row) =>
        new(row.Project, row.Kind, row.EventType, Name: null, row.First, row.Last, [], row.Count)
        {
            IsGone = row.IsGone,
        };

    private static EventProperty Property(
        IGrouping<(string Project, PropertyKind Kind, string? EventType, string Name), Row> rows,
        UploadHour newest
    )
    {
        var (project, kind, eventType, name) = rows.Key;
        var last = rows.Max(row => row.Last);
        return new EventProperty(
            project,
            kind,
            eventType,
            name,
            rows.Min(row => row.First),
            last,
            [.. rows.Select(row => new PropertyType(row.Type!, row.First))],
            rows.Sum(row => row.Count)
        )
        {
            IsGone = newest - last >= PropertySnapshot.Week,
        };
    }

    private readonly record struct Row(IReadOnlyList<object?> Cells)
    {
        public string Project => (string)Cells[0]!;

        public PropertyKind Kind => Cells[1] is "user" ? PropertyKind.User : PropertyKind.Event;

        public string? EventType => (string?)Cells[2];

        public string? Property => (string?)Cells[3];

        public string? Type => (string?)Cells[4];

        public UploadHour First => UploadHour.Of((DateTime)Cells[5]!);

        public UploadHour Last => UploadHour.Of((DateTime)Cells[6]!);

        public long Count => (long)Cells[7]!;

        public bool IsGone => (bool)Cells[8]!;
    }
}
