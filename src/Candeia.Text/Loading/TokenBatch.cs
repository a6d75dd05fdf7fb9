using Candeia.Data;

namespace Candeia.Text;

/// <summary>Texts as numbers, side by side and filled up to the longest of them.</summary>
/// <param name="Tokens">The numbers, int64 [n, longest].</param>
/// <param name="Mask">Where there are pieces of texts and not padding, bool [n, longest].</param>
/// <param name="Lengths">How many pieces each text has.</param>
public sealed record TokenBatch(Tensor Tokens, Tensor Mask, IReadOnlyList<int> Lengths) : IBatch
{
    /// <inheritdoc/>
    public int Size => Tokens.Shape[0];

    /// <inheritdoc/>
    public IBatch Map(Func<Tensor, Tensor> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return this with { Tokens = change(Tokens), Mask = change(Mask) };
    }
}
