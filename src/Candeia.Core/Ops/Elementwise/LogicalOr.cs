namespace Candeia;

/// <summary>Whether a or b is true; numbers other than 0 count as true.</summary>
public sealed record LogicalOrOp : ComparisonOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = a[i] != T.Zero || b[i] != T.Zero ? (byte)1 : (byte)0;
    }
}

public sealed partial class Tensor
{
    /// <summary>A mask: whether a or b is true.</summary>
    public static Tensor operator |(Tensor a, Tensor b) => new LogicalOrOp().Apply(a, b);
}
