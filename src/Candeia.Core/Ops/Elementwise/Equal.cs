namespace Candeia;

/// <summary>a equals b.</summary>
public sealed record EqualOp : ComparisonOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = a[i] == b[i] ? (byte)1 : (byte)0;
    }
}

public static partial class TensorOps
{
    /// <summary>A mask: where a equals b. The operator == compares references.</summary>
    public static Tensor Eq(this Tensor a, Tensor b) => new EqualOp().Apply(a, b);
}
