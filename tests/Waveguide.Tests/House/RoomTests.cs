using Mono.Cecil;

namespace Waveguide.Tests.House;

/// <summary>The rooms of the library and the arrows between them (design.md 3), read from the built assembly.</summary>
public sealed class RoomTests
{
    private static readonly Dictionary<string, string[]> MayTouch = new(StringComparer.Ordinal)
    {
        ["root"] = [],
        ["Diagnostics"] = ["root"],
        ["Http"] = ["root", "Diagnostics"],
        ["DuckDb"] = ["root"],
        ["Scanning"] = ["root", "DuckDb"],
        ["Storage"] = ["root", "Diagnostics"],
        ["Amplitude"] = ["root", "Diagnostics", "Http", "Scanning", "Storage"],
        ["Destinations"] = ["root", "Diagnostics", "Http", "DuckDb", "Scanning", "Storage"],
        ["Transform"] = ["root", "Diagnostics", "DuckDb", "Destinations"],
    };

    [Fact]
    public void Every_room_is_one_of_the_design()
    {
        using var library = Assemblies.Library();
        Assert.Empty(library.Types().Select(Room).Distinct().Except(MayTouch.Keys));
    }

    [Fact]
    public void An_arrow_between_rooms_points_only_where_the_design_lets_it()
    {
        using var library = Assemblies.Library();
        var wrong =
            from type in library.Types()
            from touched in type.Touches()
            where touched.Scope == library.MainModule || touched is TypeDefinition
            let room = Room(type)
            let other = Room(touched.Resolve() ?? type)
            where room != other && !MayTouch[room].Contains(other)
            select $"{type.FullName} ({room}) touches {touched.FullName} ({other})";
        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void The_root_touches_only_the_base_class_library()
    {
        using var library = Assemblies.Library();
        var foreign =
            from type in library.Types()
            where Room(type) == "root"
            from touched in type.Touches()
            where
                touched.Scope is AssemblyNameReference { Name: var name }
                && !name.StartsWith("System", StringComparison.Ordinal)
            select $"{type.FullName} touches {touched.FullName}";
        Assert.Empty(foreign.Distinct());
    }

    [Fact]
    public void The_root_does_no_input_or_output()
    {
        using var library = Assemblies.Library();
        string[] outside =
        [
            "System.IO.File",
            "System.IO.Directory",
            "System.Net",
            "System.Diagnostics.Process",
            "System.Console",
        ];
        var reaching =
            from type in library.Types()
            where Room(type) == "root"
            from touched in type.Touches()
            where outside.Any(name => touched.FullName.StartsWith(name, StringComparison.Ordinal))
            select $"{type.FullName} touches {touched.FullName}";
        Assert.Empty(reaching.Distinct());
    }

    private static string Room(TypeDefinition type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.Namespace.Split('.') is ["Waveguide", var room, ..] ? room : "root";
    }
}
