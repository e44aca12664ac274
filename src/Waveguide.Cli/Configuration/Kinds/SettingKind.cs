using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Waveguide.Cli.Configuration.Kinds;

/// <summary>What a value may look like: for reading it, for refusing it, and for describing it.</summary>
internal abstract class SettingKind
{
    /// <summary>The kind in a word or two, for the documentation.</summary>
    public abstract string Name { get; }

    /// <summary>Completes "must be".</summary>
    public abstract string Expectation { get; }

    /// <summary>Whether a refused value may be shown as it was written.</summary>
    public virtual bool MayBeShown => true;

    /// <summary>The JSON schema of a value without variables.</summary>
    public abstract JsonObject Schema();

    /// <summary>What is wrong with a refused text, beginning with "must".</summary>
    public virtual string Complaint(string text) => $"must be {Expectation}";

    /// <summary>What the writer of a refused text may have meant.</summary>
    public virtual string? Suggest(string text) => null;
}

internal abstract class SettingKind<T> : SettingKind
{
    public abstract bool TryParse(string text, [MaybeNullWhen(false)] out T value);
}
