using Candeia.Kernels;

namespace Candeia;

/// <summary>Whether a equals b.</summary>
public sealed record EqualOp : ComparisonOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a == b");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y) => Compares.Run(new EqualTest<T>(), a, b, y);
}

/// <summary>Whether a differs from b.</summary>
public sealed record NotEqualOp : ComparisonOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a != b");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y) => Compares.Run(new NotEqualTest<T>(), a, b, y);
}

/// <summary>Whether a is larger than b.</summary>
public sealed record GreaterOp : OrderingOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a > b");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y) => Compares.Run(new GreaterTest<T>(), a, b, y);
}

/// <summary>Whether a is at least b.</summary>
public sealed record GreaterOrEqualOp : OrderingOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a >= b");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y) => Compares.Run(new GreaterOrEqualTest<T>(), a, b, y);
}

/// <summary>Whether a is smaller than b.</summary>
public sealed record LessOp : OrderingOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a < b");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y) => Compares.Run(new GreaterTest<T>(), b, a, y);
}

/// <summary>Whether a is at most b.</summary>
public sealed record LessOrEqualOp : OrderingOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a <= b");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y) => Compares.Run(new GreaterOrEqualTest<T>(), b, a, y);
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
    /// <param name="a">Numbers of any shape.</param>
    /// <param name="b">
    /// What they are compared with: a number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.
    /// </param>
    /// <returns>A mask of truth values in the shape in which both meet.</returns>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>
    /// Tensor x = [[1, 2, 3]];
    /// Console.WriteLine(x.Eq(2));
    /// // →  0  1  0
    /// // → [ bool [1, 3] ]
    /// </code></example>
    public static Tensor Eq(this Tensor a, Tensor b) => new EqualOp().Apply(a, b);

    /// <summary>A mask: where a differs from b. The operator != compares references.</summary>
    /// <param name="a">Numbers of any shape.</param>
    /// <param name="b">
    /// What they are compared with: a number, or a tensor whose shape stretches to that of <paramref name="a"/>, or it to this.
    /// </param>
    /// <returns>A mask of truth values in the shape in which both meet.</returns>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>
    /// Tensor x = [[1, 2, 3]];
    /// Console.WriteLine(x.Ne(2));
    /// // →  1  0  1
    /// // → [ bool [1, 3] ]
    /// </code></example>
    public static Tensor Ne(this Tensor a, Tensor b) => new NotEqualOp().Apply(a, b);
}
