using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia;

/// <summary>Whether a and b are both true; numbers other than 0 count as true.</summary>
public sealed record LogicalAndOp : ComparisonOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a != 0 && b != 0");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.IsZero(a[i]) || T.IsZero(b[i]) ? (byte)0 : (byte)1;
    }
}

/// <summary>Whether a or b is true, or both; numbers other than 0 count as true.</summary>
public sealed record LogicalOrOp : ComparisonOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a != 0 || b != 0");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.IsZero(a[i]) && T.IsZero(b[i]) ? (byte)0 : (byte)1;
    }
}

/// <summary>Whether one of a and b is true, and not the other; numbers other than 0 count as true.</summary>
public sealed record LogicalXorOp : ComparisonOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("(a != 0) != (b != 0)");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<byte> y)
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.IsZero(a[i]) == T.IsZero(b[i]) ? (byte)0 : (byte)1;
    }
}

/// <summary>The bits that both whole numbers have; of truth values, whether both are true.</summary>
public sealed record BitwiseAndOp : WholeBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a & b");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.BitwiseAnd(a, b, y);
}

/// <summary>The bits that one of two whole numbers has, or both; of truth values, whether one is true.</summary>
public sealed record BitwiseOrOp : WholeBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a | b");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.BitwiseOr(a, b, y);
}

/// <summary>The bits that one of two whole numbers has, and not the other; of truth values, whether they differ.</summary>
public sealed record BitwiseXorOp : WholeBinaryOp
{
    /// <inheritdoc/>
    public override Formula? Formula => new("a ^ b");

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Xor(a, b, y);
}

/// <summary>The bits that a whole number does not have; of a truth value, the other one.</summary>
public sealed record BitwiseNotOp : Op
{
    /// <inheritdoc/>
    public override Formula? Formula => new("~a");

    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op to every element.</summary>
    /// <exception cref="ArgumentException">The elements are neither whole numbers nor truth values.</exception>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.DType == DType.Bool ? !x : Run(x.Layout.Dense(), WholeBinaryOp.Whole(Name, x.DType), x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        using var runs = Runs.Of(outputs[0], x[0]);
        Numbers.RunWhole(outputs[0].DType, new Call(runs));
    }

    readonly struct Call(Runs runs) : IWholeCall
    {
        public void Run<T>() where T : unmanaged, IBinaryInteger<T> => runs.Run(new Body<T>());
    }

    readonly struct Body<T> : IElementwise where T : unmanaged, IBinaryInteger<T>
    {
        public void Run(Block block) => TensorPrimitives.OnesComplement(block.Input<T>(1), block.Output<T>());
    }
}

public sealed partial class Tensor
{
    /// <summary>Of masks, whether a and b are both true; of whole numbers, the bits that both have.</summary>
    public static Tensor operator &(Tensor a, Tensor b) => new BitwiseAndOp().Apply(a, b);

    /// <summary>Of masks, whether a or b is true, or both; of whole numbers, the bits that one has, or both.</summary>
    public static Tensor operator |(Tensor a, Tensor b) => new BitwiseOrOp().Apply(a, b);

    /// <summary>Of masks, whether a and b differ; of whole numbers, the bits in which they differ. For a power see <see cref="TensorOps.Pow"/>.</summary>
    public static Tensor operator ^(Tensor a, Tensor b) => new BitwiseXorOp().Apply(a, b);

    /// <summary>Of a mask, where it is false; of whole numbers, the bits that they do not have.</summary>
    public static Tensor operator ~(Tensor x) => new BitwiseNotOp().Apply(x);

    /// <summary>A mask: where x is false, or 0.</summary>
    public static Tensor operator !(Tensor x) => x.Eq(Number(false));
}

public static partial class TensorOps
{
    /// <summary>A mask: whether a and b are both true, or not 0.</summary>
    /// <param name="a">Truth values, or numbers, of which those that are not 0 are true.</param>
    /// <param name="b">The same, in a shape that stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>
    /// Tensor a = [[0, 1, 2]], b = [[1, 1, 0]];
    /// Console.WriteLine(a.LogicalAnd(b));
    /// // →  0  1  0
    /// // → [ bool [1, 3] ]
    /// </code></example>
    public static Tensor LogicalAnd(this Tensor a, Tensor b) => new LogicalAndOp().Apply(a, b);

    /// <summary>A mask: whether a or b is true, or not 0.</summary>
    /// <param name="a">Truth values, or numbers, of which those that are not 0 are true.</param>
    /// <param name="b">The same, in a shape that stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>
    /// Tensor a = [[0, 1, 2]], b = [[0, 1, 0]];
    /// Console.WriteLine(a.LogicalOr(b));
    /// // →  0  1  1
    /// // → [ bool [1, 3] ]
    /// </code></example>
    public static Tensor LogicalOr(this Tensor a, Tensor b) => new LogicalOrOp().Apply(a, b);

    /// <summary>A mask: whether one of a and b is true, or not 0, and not the other.</summary>
    /// <param name="a">Truth values, or numbers, of which those that are not 0 are true.</param>
    /// <param name="b">The same, in a shape that stretches to that of <paramref name="a"/>, or it to this.</param>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>
    /// Tensor a = [[0, 1, 2]], b = [[0, 1, 0]];
    /// Console.WriteLine(a.LogicalXor(b));
    /// // →  0  0  1
    /// // → [ bool [1, 3] ]
    /// </code></example>
    public static Tensor LogicalXor(this Tensor a, Tensor b) => new LogicalXorOp().Apply(a, b);
}
