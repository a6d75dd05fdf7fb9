namespace Candeia;

/// <summary>Whether a equals b.</summary>
public sealed record EqualOp : ComparisonOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = a[i] == b[i] ? (byte)1 : (byte)0;
    }
}

/// <summary>Whether a differs from b.</summary>
public sealed record NotEqualOp : ComparisonOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = a[i] != b[i] ? (byte)1 : (byte)0;
    }
}

/// <summary>Whether a is larger than b.</summary>
public sealed record GreaterOp : OrderingOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = a[i] > b[i] ? (byte)1 : (byte)0;
    }
}

/// <summary>Whether a is at least b.</summary>
public sealed record GreaterOrEqualOp : OrderingOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = a[i] >= b[i] ? (byte)1 : (byte)0;
    }
}

/// <summary>Whether a is smaller than b.</summary>
public sealed record LessOp : OrderingOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = a[i] < b[i] ? (byte)1 : (byte)0;
    }
}

/// <summary>Whether a is at most b.</summary>
public sealed record LessOrEqualOp : OrderingOp
{
    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = a[i] <= b[i] ? (byte)1 : (byte)0;
    }
}

public sealed partial class Tensor
{
    /// <summary>A mask: where a is larger than b.</summary>
    public static Tensor operator >(Tensor a, Tensor b) => new GreaterOp().Apply(a, b);

    /// <summary>A mask: where a is at least b.</summary>
    public static Tensor operator >=(Tensor a, Tensor b) => new GreaterOrEqualOp().Apply(a, b);

    /// <summary>A mask: where a is smaller than b.</summary>
    public static Tensor operator <(Tensor a, Tensor b) => new LessOp().Apply(a, b);

    /// <summary>A mask: where a is at most b.</summary>
    public static Tensor operator <=(Tensor a, Tensor b) => new LessOrEqualOp().Apply(a, b);
}

public static partial class TensorOps
{
    /// <summary>A mask: where a equals b. The operator == compares references.</summary>
    public static Tensor Eq(this Tensor a, Tensor b) => new EqualOp().Apply(a, b);

    /// <summary>A mask: where a differs from b. The operator != compares references.</summary>
    public static Tensor Ne(this Tensor a, Tensor b) => new NotEqualOp().Apply(a, b);
}
