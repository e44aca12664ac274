namespace Waveguide.Destinations.Properties;

/// <summary>How the properties of events are counted, in DuckDB's SQL.</summary>
internal static class PropertySql
{
    private const string Type = """
        CASE type
            WHEN 'VARCHAR' THEN 'text'
            WHEN 'BOOLEAN' THEN 'boolean'
            WHEN 'ARRAY' THEN 'array'
            WHEN 'OBJECT' THEN 'object'
            WHEN 'NULL' THEN 'null'
            ELSE 'number'
        END
        """;

    /// <summary>
    /// For each hour how many events had each property with each type, and how many there were at all: those rows name no
    /// property. Few events differ in keys and types, and those of a user seldom in the user's properties, so they are
    /// counted by these before any is taken apart.
    /// </summary>
    /// <param name="events">A relation with the columns of the table of events.</param>
    public static string Hours(string events) =>
        $"""
            WITH shapes AS (
                {Shapes("event", Properties(events, "event_type", "event_properties"))}
                UNION ALL
                {Shapes("user", $"{Properties(events, "NULL", "user_properties", "count(*)")} GROUP BY ALL")}
            ),
            named AS (
                SELECT project, hour, kind, event_type, count,
                    unnest(list_prepend(NULL, coalesce(keys, []))) AS property,
                    unnest(list_prepend(NULL, coalesce(types, []))) AS type
                FROM shapes
            )
            SELECT project, hour, kind, event_type, property,
                CASE WHEN type IS NOT NULL THEN {Type} END AS type, sum(count)::BIGINT AS count
            FROM named GROUP BY ALL
            """;

    /// <summary>Since when, until when and how often each property had each type.</summary>
    /// <param name="hours">A relation like that of <see cref="Hours"/>.</param>
    public static string Types(string hours) =>
        $"""
            SELECT project, kind, event_type, property, type,
                min(hour) AS first_hour, max(hour) AS last_hour, sum(count)::BIGINT AS count
            FROM {hours} GROUP BY ALL
            """;

    /// <summary>
    /// Event types that have not come for a week in which others of their project did, though they came on five of the
    /// seven days up to their last.
    /// </summary>
    /// <param name="hours">A relation like that of <see cref="Hours"/>.</param>
    /// <param name="types">A relation like that of <see cref="Types"/>.</param>
    public static string GoneTypes(string hours, string types) =>
        $"""
            SELECT seen.project, seen.event_type
            FROM {hours} AS seen JOIN (
                SELECT project, event_type, last_hour FROM {types} WHERE kind = 'event' AND property IS NULL
                QUALIFY max(last_hour) OVER (PARTITION BY project) >= last_hour + INTERVAL 7 DAY
            ) AS silent ON seen.project = silent.project AND seen.event_type IS NOT DISTINCT FROM silent.event_type
                AND seen.hour > silent.last_hour - INTERVAL 7 DAY
            WHERE seen.kind = 'event' AND seen.property IS NULL
            GROUP BY ALL HAVING count(DISTINCT seen.hour::DATE) >= 5
            """;

    private static string Shapes(string kind, string properties) =>
        $"""
            SELECT project, hour, '{kind}' AS kind, event_type,
                json_keys(properties) AS keys, json_type(properties, '$.*') AS types, sum(count) AS count
            FROM ({properties}) GROUP BY ALL
            """;

    /// <summary>Objects that DuckDB cannot read, such as those with half a surrogate pair, count as none.</summary>
    private static string Properties(string events, string type, string column, string count = "1") =>
        $"""
            SELECT _project AS project, _upload_hour AS hour, {type} AS event_type,
                CASE WHEN json_valid({column}) THEN {column} END AS properties, {count} AS count
            FROM {events}
            """;
}
