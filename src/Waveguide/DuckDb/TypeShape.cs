using System.Collections.Immutable;

namespace Waveguide.DuckDb;

/// <summary>A logical type in full, read once so that values can be decoded without asking DuckDB again.</summary>
/// <param name="Storage">How a DECIMAL or ENUM is stored; otherwise the type itself.</param>
internal sealed record TypeShape(DuckDbType Type, string SqlType, NativeType Storage)
{
    internal byte Scale { get; init; }

    internal int ArraySize { get; init; }

    internal ImmutableArray<string> EnumValues { get; init; } = [];

    /// <summary>Fields of a STRUCT, members of a UNION, key and value of a MAP, element of a LIST or ARRAY.</summary>
    internal ImmutableArray<(string Name, TypeShape Shape)> Children { get; init; } = [];

    /// <summary>Reads the type and frees it.</summary>
    internal static TypeShape Take(nint type)
    {
        try
        {
            return Read(type);
        }
        finally
        {
            NativeMethods.duckdb_destroy_logical_type(ref type);
        }
    }

    private static unsafe TypeShape Read(nint type)
    {
        NativeType native = NativeMethods.duckdb_get_type_id(type);
        byte* aliasText = NativeMethods.duckdb_logical_type_get_alias(type);
        string alias = aliasText is null ? "" : NativeText.Take(aliasText);
        TypeShape shape = ReadUnaliased(type, native);
        return alias switch
        {
            "" => shape,
            "JSON" when native == NativeType.Varchar => shape with { Type = DuckDbType.Json, SqlType = alias },
            _ => shape with { SqlType = alias },
        };
    }

    private static TypeShape ReadUnaliased(nint type, NativeType native)
    {
        switch (native)
        {
            case NativeType.Decimal:
                byte scale = NativeMethods.duckdb_decimal_scale(type);
                string name = $"DECIMAL({NativeMethods.duckdb_decimal_width(type)},{scale})";
                return new(DuckDbType.Decimal, name, NativeMethods.duckdb_decimal_internal_type(type))
                {
                    Scale = scale,
                };
            case NativeType.Enum:
                return ReadEnum(type);
            case NativeType.List:
                TypeShape element = Take(NativeMethods.duckdb_list_type_child_type(type));
                return new(DuckDbType.List, $"{element.SqlType}[]", native) { Children = [("", element)] };
            case NativeType.Array:
                int size = checked((int)NativeMethods.duckdb_array_type_array_size(type));
                TypeShape item = Take(NativeMethods.duckdb_array_type_child_type(type));
                return new(DuckDbType.Array, $"{item.SqlType}[{size}]", native)
                {
                    ArraySize = size,
                    Children = [("", item)],
                };
            case NativeType.Map:
                TypeShape key = Take(NativeMethods.duckdb_map_type_key_type(type));
                TypeShape value = Take(NativeMethods.duckdb_map_type_value_type(type));
                string map = $"MAP({key.SqlType}, {value.SqlType})";
                return new(DuckDbType.Map, map, native) { Children = [("key", key), ("value", value)] };
            case NativeType.Struct:
                return ReadStruct(type);
            case NativeType.Union:
                return ReadUnion(type);
            default:
                DuckDbType simple = TypeNames.FromNative(native);
                return new(simple, TypeNames.Sql(simple), native);
        }
    }

    private static unsafe TypeShape ReadEnum(nint type)
    {
        int count = checked((int)NativeMethods.duckdb_enum_dictionary_size(type));
        var values = ImmutableArray.CreateBuilder<string>(count);
        for (int index = 0; index < count; index++)
        {
            values.Add(NativeText.Take(NativeMethods.duckdb_enum_dictionary_value(type, (ulong)index)));
        }
        string name =
            $"ENUM({string.Join(", ", values.Select(value => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'"))})";
        return new(DuckDbType.Enum, name, NativeMethods.duckdb_enum_internal_type(type))
        {
            EnumValues = values.MoveToImmutable(),
        };
    }

    private static unsafe TypeShape ReadStruct(nint type)
    {
        var fields = ImmutableArray.CreateBuilder<(string Name, TypeShape Shape)>();
        ulong count = NativeMethods.duckdb_struct_type_child_count(type);
        for (ulong index = 0; index < count; index++)
        {
            string name = NativeText.Take(NativeMethods.duckdb_struct_type_child_name(type, index));
            fields.Add((name, Take(NativeMethods.duckdb_struct_type_child_type(type, index))));
        }
        return new(DuckDbType.Struct, Composite("STRUCT", fields), NativeType.Struct)
        {
            Children = fields.ToImmutable(),
        };
    }

    private static unsafe TypeShape ReadUnion(nint type)
    {
        var members = ImmutableArray.CreateBuilder<(string Name, TypeShape Shape)>();
        ulong count = NativeMethods.duckdb_union_type_member_count(type);
        for (ulong index = 0; index < count; index++)
        {
            string name = NativeText.Take(NativeMethods.duckdb_union_type_member_name(type, index));
            members.Add((name, Take(NativeMethods.duckdb_union_type_member_type(type, index))));
        }
        return new(DuckDbType.Union, Composite("UNION", members), NativeType.Union)
        {
            Children = members.ToImmutable(),
        };
    }

    private static string Composite(string word, IEnumerable<(string Name, TypeShape Shape)> parts) =>
        $"{word}({string.Join(", ", parts.Select(part => part.Name.Length == 0 ? part.Shape.SqlType : $"{Quoted(part.Name)} {part.Shape.SqlType}"))})";

    private static string Quoted(string name) =>
        name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') && !char.IsAsciiDigit(name[0])
            ? name
            : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
