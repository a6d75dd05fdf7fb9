namespace Candeia;

/// <summary>a differs from b.</summary>
public sealed record NotEqualOp : ComparisonOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = a[i] != b[i] ? (byte)1 : (byte)0;
    }
}

public static partial class TensorOps
{
    /// <summary>A mask: where a differs from b. The operator != compares references.</summary>
    public static Tensor Ne(this Tensor a, Tensor b) => new NotEqualOp().Apply(a, b);
}
