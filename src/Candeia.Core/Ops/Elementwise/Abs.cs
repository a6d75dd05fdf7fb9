using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The absolute value of x. That of the smallest whole number is itself: it has no positive one.</summary>
public sealed record AbsOp : UnaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("abs_@(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double)) TensorPrimitives.Abs(x, y);
        else for (int i = 0; i < y.Length; i++) y[i] = x[i] < T.Zero ? T.Zero - x[i] : x[i];
    }

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad * x.Sign();
}

public static partial class TensorOps
{
    /// <summary>The absolute value of x, element by element; of complex numbers, their distance from 0, which is real.</summary>
    /// <param name="x">Numbers of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[-2, 0, 3]];
    /// Console.WriteLine(x.Abs());
    /// // →  2  0  3
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static Tensor Abs(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.DType.IsComplex() ? new MagnitudeOp().Apply(x) : new AbsOp().Apply(x);
    }
}
