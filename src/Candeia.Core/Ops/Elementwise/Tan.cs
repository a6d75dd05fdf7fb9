using System.Numerics;

namespace Candeia;

/// <summary>The tangent of x.</summary>
public sealed record TanOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("tan(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.Tan(x[i]);               // TensorPrimitives.Tan loses π's multiples on machines without FMA
    }

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => Complex.Tan(z);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * (y * y + 1).Conj();
}

public static partial class TensorOps
{
    /// <summary>The tangent of x, element by element.</summary>
    /// <param name="x">Angles in radians, of any shape, which the result keeps; π is half a turn.</param>
    /// <example><code>
    /// Tensor x = [[-Math.PI / 4, 0, Math.PI / 4]];
    /// Console.WriteLine(x.Tan());
    /// // → -1  0  1
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Tan(this Tensor x) => new TanOp().Apply(x);
}
