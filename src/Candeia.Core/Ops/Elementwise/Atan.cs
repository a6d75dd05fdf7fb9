using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The angle whose tangent is x.</summary>
public sealed record AtanOp : AnalyticOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("atan(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Atan(x, y);

    /// <inheritdoc/>
    protected override Complex Map(Complex z) => ComplexMath.Atan(z);

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad / (x * x + 1).Conj();
}

public static partial class TensorOps
{
    /// <summary>The angle in radians whose tangent is x, element by element, from −π/2 to π/2.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-1, 0, 1]];
    /// Console.WriteLine(x.Atan());
    /// // → -0.7854  0.0000  0.7854
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Atan(this Tensor x) => new AtanOp().Apply(x);
}
