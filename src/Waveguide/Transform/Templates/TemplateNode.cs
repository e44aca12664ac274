namespace Waveguide.Transform.Templates;

internal abstract record TemplateNode
{
    internal sealed record Data(string Text) : TemplateNode;

    internal sealed record Output(Expression Value) : TemplateNode;

    internal sealed record If(IReadOnlyList<(Expression? Condition, IReadOnlyList<TemplateNode> Body)> Branches)
        : TemplateNode;

    internal sealed record For(IReadOnlyList<string> Names, Expression Items, IReadOnlyList<TemplateNode> Body)
        : TemplateNode;

    internal sealed record Set(string Name, Expression Value) : TemplateNode;

    internal sealed record Do(Expression Value) : TemplateNode;

    internal sealed record Macro(
        string Name,
        IReadOnlyList<(string Name, Expression? Default)> Parameters,
        IReadOnlyList<TemplateNode> Body,
        Place Place
    ) : TemplateNode;
}
