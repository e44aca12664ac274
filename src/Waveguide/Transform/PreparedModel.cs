using System.Security.Cryptography;
using System.Text;
using Waveguide.Transform.Project;
using Waveguide.Transform.Templates;

namespace Waveguide.Transform;

/// <summary>A model with its SQL for one engine.</summary>
/// <param name="Whole">To build it from all rows.</param>
/// <param name="Touched">To add what is new to a table that is there.</param>
internal sealed record PreparedModel(Model Model, RenderedFile Whole, RenderedFile Touched)
{
    /// <exception cref="ConfigurationException">The file calls what is not there, or is set up in a way that is not known here.</exception>
    public static PreparedModel Of(ParsedFile file, ModelRenderer renderer)
    {
        var whole = renderer.Render(file, incremental: false);
        var place = new Place(file.Source.Shown, 1);
        var model = new Model(
            file.Name,
            file.Source.Shown,
            [.. whole.Inputs],
            [.. whole.Sources],
            Materialised(whole, place),
            UniqueKey(whole)
        );
        return model.Materialisation == Materialisation.Incremental
            ? new PreparedModel(model, whole, renderer.Render(file, incremental: true))
            : new PreparedModel(model, whole, whole);
    }

    /// <summary>Stands for all texts; changes when any of them does.</summary>
    public string Fingerprint() =>
        Hash([
            Model.Materialisation.ToString(),
            Whole.Sql,
            Touched.Sql,
            .. Whole.Before,
            .. Whole.After,
            .. Touched.Before,
            .. Touched.After,
        ]);

    public static string Hash(IEnumerable<string> texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', texts))));

    private static Materialisation Materialised(RenderedFile file, Place place) =>
        file.Config.GetValueOrDefault("materialized") switch
        {
            null or "view" => Materialisation.View,
            "table" => Materialisation.Table,
            "incremental" => Materialisation.Incremental,
            var other => throw place.Fault(
                $"materialized=\"{other}\" is not understood",
                "Waveguide knows view, table and incremental."
            ),
        };

    private static IReadOnlyList<string> UniqueKey(RenderedFile file) =>
        file.Config.GetValueOrDefault("incremental_strategy") is "append"
            ? []
            : file.Config.GetValueOrDefault("unique_key") switch
            {
                string column => [column],
                IReadOnlyList<object?> columns => [.. columns.OfType<string>()],
                _ => [],
            };
}
