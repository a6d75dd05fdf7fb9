using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>The hyperbolic tangent of x.</summary>
public sealed record TanhOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("tanh(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => Kernels.Map.Run(new TanhMap(), x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => Complex.Tanh(z);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => x.DType.IsComplex() ? grad * (1 - y * y).Conj() : new TanhGradientOp().Apply(grad, y);
}

public static partial class TensorOps
{
    /// <summary>The hyperbolic tangent of x, element by element: any number to one between −1 and 1.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-1, 0, 1]];
    /// Console.WriteLine(x.Tanh());
    /// // → -0.7616  0.0000  0.7616
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Tanh(this Tensor x) => new TanhOp().Apply(x);
}
