using System.Text;
using Waveguide.DuckDb;

namespace Waveguide.Transform;

/// <summary>A key as a function that SQL can call. The name tells keys apart: with another key, models are built anew.</summary>
internal sealed class HashFunction(PrivacyKey key) : TextFunction
{
    /// <summary>The variable by which the models know the function.</summary>
    public const string Variable = "privacy_ip_function";

    public override string Name => $"waveguide_hmac_{key.Mark}";

    public override void Write(ReadOnlySpan<byte> text, VectorWriter result, int row) =>
        result.SetUtf8(row, Encoding.ASCII.GetBytes(key.Hash(text)));
}
