namespace Candeia;

/// <summary>a·log b; 0 where a is 0, unless b is not a number.</summary>
public sealed record XLogYOp : FloatBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("b != b ? b : a == 0 ? (T)0 : a * log(b)");

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) 
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.IsNaN(b[i]) ? b[i] : a[i] == T.Zero ? T.Zero : a[i] * T.Log(b[i]);
    }

    /// <inheritdoc/>
    protected override (Tensor? A, Tensor? B) Backward(Tensor a, Tensor b, Node node, Tensor grad) => ((a.Eq(0) & b <= 0).Where(0, grad.XLogY(b)), grad * (a / b));
}

public static partial class TensorOps
{
    /// <summary>a·log b, element by element; 0 where a is 0, unless b is not a number.</summary>
    /// <param name="a">The factors, of any shape.</param>
    /// <param name="b">
    /// Of which the logarithm is taken: a number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.
    /// </param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>Tensor a = [0, 2]; var y = a.XLogY([0, 1]);                       // [0, 0]</code></example>
    public static Tensor XLogY(this Tensor a, Tensor b) => new XLogYOp().Apply(a, b);
}
