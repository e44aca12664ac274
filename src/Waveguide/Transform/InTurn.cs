namespace Waveguide.Transform;

/// <summary>Hears of one thing at a time, though several go on.</summary>
internal sealed class InTurn<T>(IProgress<T>? listener) : IProgress<T>
{
    private readonly Lock _turn = new();

    public void Report(T value)
    {
        lock (_turn)
        {
            listener?.Report(value);
        }
    }
}
