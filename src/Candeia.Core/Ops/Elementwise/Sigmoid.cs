using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>1 / (1 + e⁻ˣ).</summary>
public sealed record SigmoidOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("sigmoid_@(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.Map.Run(new SigmoidMap(), x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => 1 / (1 + Complex.Exp(-z));

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => x.DType.IsComplex() ? grad * (y * (1 - y)).Conj() : new SigmoidGradientOp().Apply(grad, y);
}

public static partial class TensorOps
{
    /// <summary>1 / (1 + e⁻ˣ), element by element: any number to one between 0 and 1, such as a probability.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-2, 0, 2]];
    /// Console.WriteLine(x.Sigmoid());
    /// // →  0.1192  0.5000  0.8808
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Sigmoid(this Tensor x) => new SigmoidOp().Apply(x);
}
