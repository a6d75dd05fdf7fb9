namespace Candeia;

/// <summary>a &lt; b.</summary>
public sealed record LessOp : ComparisonOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = a[i] < b[i] ? (byte)1 : (byte)0;
    }
}

public sealed partial class Tensor
{
    /// <summary>A mask: where a &lt; b.</summary>
    public static Tensor operator <(Tensor a, Tensor b) => new LessOp().Apply(a, b);
}
