namespace Candeia;

/// <summary>Whether a and b are both true; numbers other than 0 count as true.</summary>
public sealed record LogicalAndOp : ComparisonOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = a[i] != T.Zero && b[i] != T.Zero ? (byte)1 : (byte)0;
    }
}

public sealed partial class Tensor
{
    /// <summary>A mask: whether a and b are both true.</summary>
    public static Tensor operator &(Tensor a, Tensor b) => new LogicalAndOp().Apply(a, b);
}
