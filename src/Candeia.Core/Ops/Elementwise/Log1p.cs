using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>log(1 + x), exact near 0.</summary>
public sealed record Log1pOp : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("log1p_@(a)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        TensorPrimitives.LogP1(x, y);
        for (int i = 0; i < y.Length; i++) y[i] = Exact(x[i], y[i]);
    }

    /// <summary>The logarithm of what 1 + x was rounded to, as that of 1 + x: near 0, both are to each other as what is left of x is to x.</summary>
    internal static T Exact<T>(T x, T rounded) where T : IFloatingPoint<T>
    {
        T left = T.One + x - T.One;
        return T.Abs(x) + T.Abs(x) >= T.One || !T.IsFinite(x) ? rounded : left == T.Zero ? x : rounded * (x / left);
    }

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => grad / (x + 1);
}

public static partial class TensorOps
{
    /// <summary>log(1 + x), element by element: exact near 0, where <c>(x + 1).Log()</c> loses all digits.</summary>
    /// <param name="x">Numbers above −1, of any shape, which the result keeps.</param>
    /// <example><code>
    /// Tensor x = [[0, 1, 2]];
    /// Console.WriteLine(x.Log1p());
    /// // →  0.0000  0.6931  1.0986
    /// // → [ float32 [1, 3] ]
    /// </code></example>
    public static Tensor Log1p(this Tensor x) => new Log1pOp().Apply(x);
}
