namespace Waveguide.Tests.Configuration;

public sealed class VariableTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("${SET}", "value")]
    [InlineData("a${SET}b${SET}c", "avaluebvaluec")]
    [InlineData("${SET:-other}", "value")]
    [InlineData("${UNSET:-other}", "other")]
    [InlineData("${EMPTY:-other}", "other")]
    [InlineData("a${EMPTY}", "a")]
    [InlineData("a${UNSET:-}", "a")]
    [InlineData("${UNSET:-file:./a b}", "file:./a b")]
    [InlineData("$${SET}", "${SET}")]
    [InlineData("$SET {SET}", "$SET {SET}")]
    [InlineData("${TRICKY}", "${SET}: # [")]
    public void A_variable_is_filled_in_once_the_yaml_is_read(string written, string meant)
    {
        _place.With("SET", "value").With("EMPTY", "").With("TRICKY", "${SET}: # [");

        Assert.Equal(meant, _place.WithYaml($"destination: '{written}'\n").Read().Destination);
    }

    [Fact]
    public void Items_of_a_list_may_have_variables() =>
        Assert.Equal(["a", "b"], _place.With("B", "b").WithYaml("tables: [a, '${B}']\n").Read().Tables);

    [Theory]
    [InlineData("${")]
    [InlineData("${SET")]
    [InlineData("${}")]
    [InlineData("${1A}")]
    [InlineData("${A B}")]
    [InlineData("${SET-other}")]
    public void A_reference_that_is_none_is_refused(string text) =>
        Assert.Equal(
            "destination in waveguide.yml, line 1, has a ${ that is not a variable. "
                + "Write ${NAME} or ${NAME:-default}, or $${ for the signs themselves.",
            _place.With("SET", "value").WithYaml($"destination: '{text}'\n").Refusal()
        );
}
