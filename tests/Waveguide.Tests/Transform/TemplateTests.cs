using Waveguide.Transform.Templates;

namespace Waveguide.Tests.Transform;

/// <summary>What a template says, as Jinja would; the live tests compare with Jinja itself.</summary>
public sealed class TemplateTests
{
    [Theory]
    [InlineData("select 1", "select 1")]
    [InlineData("a\n", "a")]
    [InlineData("a\n\n", "a\n")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("a{# a {{ note }} #}b", "ab")]
    [InlineData("a {#- note -#} b", "ab")]
    [InlineData("a {{- ' x ' -}} b", "a x b")]
    [InlineData("{{ 'it''s' ~ \"'\" }}", "its'")]
    [InlineData("{{ '}}' }}{{ '{1,3}' }}", "}}{1,3}")]
    [InlineData(@"{{ '\d\n' }}", "\\d\n")]
    [InlineData("{{ 1 }} {{ 1.0 }} {{ 0.25 }} {{ -3 }} {{ 4294967296 }}", "1 1.0 0.25 -3 4294967296")]
    [InlineData("{{ none }} {{ true }} {{ [1, 'a'] }} {{ {'a': 1} }}", "None True [1, 'a'] {'a': 1}")]
    [InlineData("{{ 1 + 2 * 3 - 1 }} {{ 'a' + 'b' }}", "6 ab")]
    [InlineData("{{ 1 < 2 and not 2 <= 1 or false }}", "True")]
    [InlineData("{{ 1 == 1.0 }} {{ 'a' in 'cat' }} {{ 3 not in [1, 2] }}", "True True True")]
    [InlineData("{{ 'a' if 1 else 'b' }}{{ 'c' if '' }}", "a")]
    [InlineData("{{ x is defined }} {{ x | default('d') }}", "False d")]
    [InlineData("{{ [3, 1] | join(', ') }} {{ 'Ab' | lower }} {{ ['a'] | length }}", "3, 1 ab 1")]
    [InlineData("{{ 'a-b'.split('-')[1] }} {{ 'Ab'.upper() }} {{ {'k': 'v'}['k'] }} {{ {'k': 'v'}.k }}", "b AB v v")]
    [InlineData("{% if 0 %}a{% elif '' %}b{% else %}c{% endif %}", "c")]
    [InlineData("{% for a in ['x', 'y'] %}{{ a }}{% if not loop.last %}, {% endif %}{% endfor %}", "x, y")]
    [InlineData("{% for k, v in {'a': 1}.items() %}{{ k }}={{ v }}{% endfor %}", "a=1")]
    [InlineData("{% set a = 1 %}{% for b in [2] %}{% set a = b %}{% endfor %}{{ a }}", "1")]
    [InlineData("{% set a = [] %}{% do a.append(1) %}{{ a }}", "[1]")]
    [InlineData("{% macro m(a, b='B') %}<{{ a }}{{ b }}>{% endmacro %}{{ m('x') }}{{ m(b='y', a=1) }}", "<xB><1y>")]
    [InlineData("{% macro m(a) %} no {{ return([a]) }} no {% endmacro %}{{ m(2)[0] + 1 }}", "3")]
    public void A_template_says_what_jinja_says(string template, string expected) =>
        Assert.Equal(expected, Render(template));

    [Theory]
    [InlineData("a\n{{ foo(1) }}", "t.sql, line 2: there is no macro or variable \"foo\".")]
    [InlineData(
        "{{ fist_by(1) }}",
        "t.sql, line 1: there is no macro or variable \"fist_by\"; did you mean \"first_by\"."
    )]
    [InlineData("{{ 'a", "t.sql, line 1: a text has no end '.")]
    [InlineData("\n{{ a", "t.sql, line 2: a tag has no end }}.")]
    [InlineData("{# a", "t.sql, line 1: a comment {# has no end #}.")]
    [InlineData("{% if 1 %}\n", "t.sql, line 1: {% endif %} is missing.")]
    [InlineData("{% endif %}", "t.sql, line 1: {% endif %} is not understood.")]
    [InlineData("{% call x() %}", "t.sql, line 1: {% call %} is not understood.")]
    [InlineData("{{ 1 2 }}", "t.sql, line 1: found \"2\" in place of \"}}\".")]
    [InlineData("{{ first_by() }}", "t.sql, line 1: first_by needs its argument x.")]
    [InlineData("{{ first_by(1, 2) }}", "t.sql, line 1: first_by takes 1 arguments, not 2.")]
    [InlineData("{{ first_by(y=2) }}", "t.sql, line 1: first_by has no argument y.")]
    [InlineData("{{ 'a' | lowr }}", "t.sql, line 1: the filter \"lowr\" is not understood; did you mean \"lower\".")]
    [InlineData("{{ 1 + 'a' }}", "t.sql, line 1: + is not understood between 1 and a.")]
    [InlineData("{{ 'a' § }}", "t.sql, line 1: \"§\" means nothing here.")]
    public void What_is_wrong_is_said_with_its_line(string template, string expected)
    {
        var fault = Assert.Throws<ConfigurationException>(() => Render(template));
        Assert.Equal(expected, fault.Message);
    }

    private static string Render(string template)
    {
        var globals = new Scope();
        var macro = TemplateParser.Parse("m.sql", "{% macro first_by(x) %}{{ x }}{% endmacro %}")[0];
        globals["first_by"] = Interpreter.Bind((TemplateNode.Macro)macro, globals);
        return Interpreter.Render(TemplateParser.Parse("t.sql", template), globals);
    }
}
