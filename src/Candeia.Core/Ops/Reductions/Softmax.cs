using Candeia.Kernels;

namespace Candeia;

/// <summary>eˣ / Σ eˣ along the last dimension, or the logarithm of that.</summary>
public sealed record SoftmaxOp(bool Logarithm) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [new SoftmaxGradientOp(Logarithm).Apply(grad, node.Output)];

    /// <summary>Applies the op to a tensor of floating-point numbers and at least one dimension.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run(x.Shape, x.DType, x);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Beside(-1, x, y);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        SoftmaxCalls.Forward(Logarithm, x[0], outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>
    /// eˣ / Σ eˣ along a dimension: positive numbers whose sum is 1; of another type if asked, to which the elements are converted first.
    /// </summary>
    /// <param name="x">Scores of any shape, which the result keeps.</param>
    /// <param name="dim">The dimension whose numbers add up to 1: usually the last, −1, where the classes stand.</param>
    /// <param name="dtype">The type of the result; that of <paramref name="x"/>, if none is named.</param>
    /// <exception cref="ArgumentException">The elements have no fractions, and no type that has is asked for.</exception>
    /// <example><code>
    /// Tensor scores = [[1.0, 2, 3], [0, 0, 0]];
    /// Console.WriteLine(scores.Softmax(-1));
    /// // →  0.0900  0.2447  0.6652
    /// // →  0.3333  0.3333  0.3333
    /// // → [ float32 [2, 3] ]
    /// </code></example>
    public static Tensor Softmax(this Tensor x, int dim, DType? dtype = null) => Along(As(x, dtype), dim, new(Logarithm: false));

    /// <summary>The logarithm of the softmax, without overflow; of another type if asked, to which the elements are converted first.</summary>
    /// <param name="x">Scores of any shape, which the result keeps.</param>
    /// <param name="dim">The dimension whose probabilities add up to 1: usually the last, −1, where the classes stand.</param>
    /// <param name="dtype">The type of the result; that of <paramref name="x"/>, if none is named.</param>
    /// <exception cref="ArgumentException">The elements have no fractions, and no type that has is asked for.</exception>
    /// <example><code>
    /// Tensor scores = [[1.0, 2, 3], [0, 0, 0]];
    /// Console.WriteLine(scores.LogSoftmax(-1));
    /// // → -2.4076 -1.4076 -0.4076
    /// // → -1.0986 -1.0986 -1.0986
    /// // → [ float32 [2, 3] ]
    /// </code></example>
    public static Tensor LogSoftmax(this Tensor x, int dim, DType? dtype = null) => Along(As(x, dtype), dim, new(Logarithm: true));

    static Tensor Along(Tensor x, int dim, SoftmaxOp op)
    {
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"The softmax of {x.DType} is not defined; name a type with fractions: dtype: DType.{Tensor.DefaultDType}.");
        dim = x.Shape.Dim(dim);
        return x.Rank == 0 ? op.Apply(x.Unsqueeze(0)).Squeeze(0) : dim == x.Rank - 1 ? op.Apply(x) : op.Apply(x.Movedim(dim, -1)).Movedim(-1, dim);
    }
}
