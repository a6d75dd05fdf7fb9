using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>The cosine of x.</summary>
public sealed record CosOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("cos(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => SineMap.Cos(x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => Complex.Cos(z);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => -grad * x.Sin().Conj();
}

public static partial class TensorOps
{
    /// <summary>The cosine of x, element by element.</summary>
    /// <param name="x">Angles in radians, of any shape, which the result keeps; π is half a turn.</param>
    /// <example><code>
    /// Tensor x = [[0, Math.PI / 3, Math.PI]];
    /// Console.WriteLine(x.Cos());
    /// // →  1.0000  0.5000 -1.0000
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Cos(this Tensor x) => new CosOp().Apply(x);
}
