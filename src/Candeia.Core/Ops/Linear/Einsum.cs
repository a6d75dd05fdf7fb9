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
}
