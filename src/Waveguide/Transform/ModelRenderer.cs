using Waveguide.Diagnostics;
using Waveguide.Transform.Project;
using Waveguide.Transform.Templates;

namespace Waveguide.Transform;

/// <summary>Gives the SQL of a project's files for one engine, as dbt would.</summary>
internal sealed class ModelRenderer(
    ModelProject project,
    Dialect dialect,
    IReadOnlyDictionary<string, object?> variables,
    string schema
)
{
    /// <param name="incremental">Whether the model is there already and only takes in what is new.</param>
    /// <exception cref="ConfigurationException">The file calls what is not there, or wrongly.</exception>
    public RenderedFile Render(ParsedFile file, bool incremental)
    {
        var (globals, found) = Globals();
        foreach (var (key, value) in project.ConfigOf(file))
        {
            found.Config[key] = value;
        }

        globals["this"] = Relation(file.Name);
        globals["is_incremental"] = new Callable(_ => incremental);
        var sql = Interpreter.Render(file.Nodes, globals);
        return found with
        {
            Sql = sql,
            Before = Hooks(file, found, "pre_hook", globals),
            After = Hooks(file, found, "post_hook", globals),
        };
    }

    /// <summary>The statements with which a run begins.</summary>
    public IReadOnlyList<string> Start() =>
        [
            .. project.OnRunStart.Select(hook =>
                Interpreter.Render(TemplateParser.Parse(hook.File, hook.Text), Globals().Globals)
            ),
        ];

    /// <summary>The value of an expression in a YAML file, such as <c>ref('dim_users')</c>.</summary>
    public object? Evaluate(string expression, Place place)
    {
        var tokens = new TokenReader(place.File, new Lexer(place.File, $"{{{{{expression}}}}}").Read());
        tokens.Take();
        return new Evaluator(Globals().Globals).Defined(new ExpressionParser(tokens).Read());
    }

    /// <summary>Calls a macro of the project from outside its files.</summary>
    public string Call(string macro, CallArguments arguments) =>
        Globals().Globals.TryFind(macro, out var value) && value is Callable callable
            ? PythonText.Of(callable(arguments))
            : throw arguments.Place.Fault($"there is no macro \"{macro}\"");

    public string Relation(string model) => $"{schema}.{model}";

    private (Scope Globals, RenderedFile Found) Globals()
    {
        var globals = new Scope();
        var found = new RenderedFile(string.Empty, [], [], new(StringComparer.Ordinal), [], []);
        var macros = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var macro in project.Macros)
        {
            globals[macro.Name] = macros[macro.Name] = Interpreter.Bind(macro, globals);
        }

        globals[project.Name] = macros;
        globals["ref"] = new Callable(call => Ref(call, found));
        globals["source"] = new Callable(call => Source(call, found));
        globals["var"] = new Callable(Variable);
        globals["config"] = new Callable(call => Config(call, found));
        globals["adapter"] = Group(("dispatch", new Callable(call => Dispatch(call, globals))));
        globals["exceptions"] = Group(("raise_compiler_error", new Callable(Refuse)));
        globals["target"] = Target();
        globals["execute"] = true;
        return (globals, found);
    }

    /// <summary>Statements around a model's build; they are templates of their own in a text.</summary>
    private static IReadOnlyList<string> Hooks(ParsedFile file, RenderedFile found, string key, Scope globals) =>
        [
            .. (found.Config.GetValueOrDefault(key) as IReadOnlyList<object?> ?? [found.Config.GetValueOrDefault(key)])
                .OfType<string>()
                .Select(hook => Interpreter.Render(TemplateParser.Parse(file.Source.Shown, hook), globals))
                .Where(statement => !string.IsNullOrWhiteSpace(statement)),
        ];

    private string Ref(CallArguments call, RenderedFile found)
    {
        var name = call.Text(call.Count - 1, "the name of a model");
        if (project.Models.All(model => model.Name != name))
        {
            throw Unknown("model", name, project.Models.Select(model => model.Name), call.Place);
        }

        found.Inputs.Add(name);
        return Relation(name);
    }

    private string Source(CallArguments call, RenderedFile found)
    {
        var (source, name) = (call.Text(0, "the name of a source"), call.Text(1, "the name of a table"));
        var table =
            project.Sources.FirstOrDefault(table => table.Source == source && table.Name == name)
            ?? throw Unknown(
                "source",
                $"{source}.{name}",
                project.Sources.Select(table => $"{table.Source}.{table.Name}"),
                call.Place
            );
        var relation = $"{Schema(table)}.{table.Table}";
        found.Sources.Add(relation);
        return relation;
    }

    /// <summary>A source's schema may be a template that asks for a variable or for our own schema.</summary>
    private string Schema(SourceTable table)
    {
        var globals = new Scope();
        globals["var"] = new Callable(Variable);
        globals["target"] = Target();
        return Interpreter.Render(TemplateParser.Parse(table.Place.File, table.Schema), globals);
    }

    private OrderedDictionary<string, object?> Target() => Group(("type", dialect.Name), ("schema", schema));

    private object? Variable(CallArguments call)
    {
        var name = call.Text(0, "the name of a variable");
        return variables.TryGetValue(name, out var value) ? value
            : call.Count > 1 ? call[1]
            : throw Unknown("variable", name, variables.Keys, call.Place);
    }

    private static string Config(CallArguments call, RenderedFile found)
    {
        foreach (var (name, value) in call.Named)
        {
            found.Config[name] = value;
        }

        return string.Empty;
    }

    private Callable Dispatch(CallArguments call, Scope globals)
    {
        var name = call.Text(0, "the name of a macro");
        foreach (var prefix in dialect.Prefixes)
        {
            if (globals.TryFind(prefix + name, out var found) && found is Callable macro)
            {
                return macro;
            }
        }

        throw call.Place.Fault(
            $"no macro {string.Join(" or ", dialect.Prefixes.Select(prefix => prefix + name))} is there"
        );
    }

    private static object? Refuse(CallArguments call) =>
        throw call.Place.Fault(call.Text(0, "the message").TrimEnd('.'));

    private static ConfigurationException Unknown(string kind, string name, IEnumerable<string> known, Place place) =>
        place.Fault(
            $"there is no {kind} \"{name}\""
                + (Suggestion.Nearest(name, known) is { } near ? $"; did you mean \"{near}\"" : "")
        );

    private static OrderedDictionary<string, object?> Group(params ReadOnlySpan<(string Key, object? Value)> entries)
    {
        var group = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in entries)
        {
            group[key] = value;
        }

        return group;
    }
}

/// <param name="Inputs">Models that the file names.</param>
/// <param name="Sources">Landed tables that it names, each as <c>schema.table</c>.</param>
/// <param name="Before">Statements to run before the model is built, in its transaction.</param>
internal sealed record RenderedFile(
    string Sql,
    HashSet<string> Inputs,
    HashSet<string> Sources,
    Dictionary<string, object?> Config,
    IReadOnlyList<string> Before,
    IReadOnlyList<string> After
);
