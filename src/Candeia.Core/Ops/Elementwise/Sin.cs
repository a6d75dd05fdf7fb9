using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>The sine of x.</summary>
public sealed record SinOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("sin(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => SineMap.Sin(x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => Complex.Sin(z);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * x.Cos().Conj();
}

public static partial class TensorOps
{
    /// <summary>The sine of x, element by element.</summary>
    /// <param name="x">Angles in radians, of any shape, which the result keeps; π is half a turn.</param>
    /// <example><code>
    /// Tensor x = [[0, Math.PI / 6, Math.PI / 2]];
    /// Console.WriteLine(x.Sin());
    /// // →  0.0000  0.5000  1.0000
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Sin(this Tensor x) => new SinOp().Apply(x);
}
