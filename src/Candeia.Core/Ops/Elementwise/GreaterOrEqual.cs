namespace Candeia;

/// <summary>a ≥ b.</summary>
public sealed record GreaterOrEqualOp : ComparisonOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = a[i] >= b[i] ? (byte)1 : (byte)0;
    }
}

public sealed partial class Tensor
{
    /// <summary>A mask: where a ≥ b.</summary>
    public static Tensor operator >=(Tensor a, Tensor b) => new GreaterOrEqualOp().Apply(a, b);
}
