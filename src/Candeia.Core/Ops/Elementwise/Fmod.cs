using System.Numerics;

namespace Candeia;

/// <summary>The remainder of a / b with the sign of a.</summary>
public sealed record FmodOp : BinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("mod_@(a, b)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = FloorDivideOp.IsWholeMinusOne(b[i]) ? T.Zero : a[i] % b[i];
    }

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) =>
        (grad, -grad * (a / b).Trunc());
}

public static partial class TensorOps
{
    /// <summary>The remainder of a / b with the sign of a, element by element.</summary>
    /// <param name="a">What is divided.</param>
    /// <param name="b">What it is divided by: a number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <exception cref="DivideByZeroException">A whole number is divided by zero.</exception>
    /// <example><code>
    /// Tensor x = [[-7, 7, 8]];
    /// Console.WriteLine(x.Fmod(3));
    /// // → -1  1  2
    /// // → [ int64 [1, 3] ]
    /// </code></example>
    public static Tensor Fmod(this Tensor a, Tensor b) => new FmodOp().Apply(a, b);
}
