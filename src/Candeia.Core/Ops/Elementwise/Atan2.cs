namespace Candeia;

/// <summary>The angle of the point (b, a).</summary>
public sealed record Atan2Op : BinaryOp
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.CreateTruncating(Math.Atan2(double.CreateTruncating(a[i]), double.CreateTruncating(b[i])));
    }

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) =>
        (grad * b / (a * a + b * b), -grad * a / (a * a + b * b));
}

public static partial class TensorOps
{
    /// <summary>The angle of the point (b, a), element by element.</summary>
    public static Tensor Atan2(this Tensor a, Tensor b) => new Atan2Op().Apply(a, b);
}
