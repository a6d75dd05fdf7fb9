namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>
    /// Sums of products, as an equation says: each tensor has a letter for each dimension, equal letters run together, and what does not stand behind the
    /// arrow is summed. The tensors are multiplied two at a time, those first that leave the least.
    /// </summary>
    /// <param name="equation">Such as <c>"ij,jk->ik"</c>, the product of matrices; <c>...</c> stands for dimensions that broadcast. Without an arrow, the letters that occur once remain, in alphabetical order.</param>
    /// <param name="tensors">A tensor for each part before the arrow.</param>
    /// <exception cref="ArgumentException">The equation is none, or has not a part for each tensor.</exception>
    /// <exception cref="ShapeException">A tensor has other dimensions than its part, or a letter two sizes.</exception>
    /// <example><code>Tensor a = [[1, 2], [3, 4]]; var y = Tensor.Einsum("ij,ij->i", [a, a]);  // [5, 25]</code></example>
    public static Tensor Einsum(string equation, ReadOnlySpan<Tensor> tensors) => Contraction.Of(equation, tensors);

    /// <summary>The product of matrices, in the order that needs the fewest multiplications; the first and the last may be vectors.</summary>
    /// <param name="matrices">At least one; all but the first and the last are matrices.</param>
    /// <exception cref="ShapeException">Neighbours do not fit.</exception>
    /// <example><code>Tensor a = [[1.0, 2]], b = [[3.0], [4]]; var y = Tensor.ChainMatMul([a, b, a]);  // [[11, 22]]</code></example>
    public static Tensor ChainMatMul(ReadOnlySpan<Tensor> matrices)
    {
        var chain = Each(matrices, t => t);
        if (chain.Length == 1) return chain[0];
        bool row = chain[0].Rank == 1, column = chain[^1].Rank == 1;
        if (row) chain[0] = chain[0].Unsqueeze(0);
        if (column) chain[^1] = chain[^1].Unsqueeze(1);
        foreach (var matrix in chain) if (matrix.Rank != 2) throw new ShapeException($"A chain is one of matrices, not of {matrix.Shape}.");
        int n = chain.Length;
        double[,] cost = new double[n, n];
        int[,] cut = new int[n, n];
        for (int length = 1; length < n; length++)
            for (int i = 0; i + length < n; i++)
            {
                cost[i, i + length] = double.PositiveInfinity;
                for (int k = i; k < i + length; k++)
                {
                    double c = cost[i, k] + cost[k + 1, i + length] + (double)chain[i].Shape[0] * chain[k].Shape[1] * chain[i + length].Shape[1];
                    if (c < cost[i, i + length]) (cost[i, i + length], cut[i, i + length]) = (c, k);
                }
            }
        var y = Product(0, n - 1);
        if (column) y = y.Squeeze(1);
        return row ? y.Squeeze(0) : y;

        Tensor Product(int i, int j) => i == j ? chain[i] : Product(i, cut[i, j]).MatMul(Product(cut[i, j] + 1, j));
    }
}
