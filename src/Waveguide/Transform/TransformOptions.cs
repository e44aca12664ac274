using System.Collections.Immutable;

namespace Waveguide.Transform;

/// <summary>Which models are run, and how.</summary>
public sealed record TransformOptions
{
    /// <summary>
    /// A folder of models: a whole dbt project in the place of Waveguide's, or, without a <c>dbt_project.yml</c>, models
    /// beside Waveguide's or in the place of those of the same name. Null: Waveguide's own.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>Values in the place of the project's defaults, as texts; each is read as its default is.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>
    /// Hashes addresses: the models call it by a function of the run, whose name <c>privacy_ip_function</c> tells them, so
    /// that it stands in no SQL. Null: addresses are hashed without a key.
    /// </summary>
    public PrivacyKey? Key { get; init; }

    /// <summary>
    /// Names of models, with <c>+</c> behind for those that read them too; whatever they read is brought up to date first.
    /// All models if there are none.
    /// </summary>
    public IReadOnlyList<string> Select { get; init; } = [];

    /// <summary>Whether everything is built anew, also what is up to date.</summary>
    public bool FullRefresh { get; init; }

    /// <summary>Schema in which the models are made.</summary>
    public string Schema { get; init; } = "analytics";

    /// <summary>Tables that the warehouse may hold; those that models read are made, empty, where they are missing.</summary>
    public IReadOnlyList<Table> Tables { get; init; } = [];
}
