namespace Candeia;

/// <summary>Whether exactly one of a and b is true; numbers other than 0 count as true.</summary>
public sealed record LogicalXorOp : ComparisonOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = (a[i] != T.Zero) != (b[i] != T.Zero) ? (byte)1 : (byte)0;
    }
}

public sealed partial class Tensor
{
    /// <summary>A mask: whether exactly one of a and b is true.</summary>
    public static Tensor operator ^(Tensor a, Tensor b) => new LogicalXorOp().Apply(a, b);
}
