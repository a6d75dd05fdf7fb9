namespace Candeia;

/// <summary>How many elements are true, or not 0, as int64.</summary>
public sealed record CountNonZeroOp : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op to truth values.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run([], DType.Int64, x.To(DType.Bool));
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => NonZeroCalls.Count(x[0], outputs[0]);
}

/// <summary>The indices of all elements that are true: [count, rank] int64, in row-major order.</summary>
/// <param name="Count">How many there are.</param>
public sealed record NonZeroOp(int Count) : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op to truth values.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run([Count, x.Rank], DType.Int64, x.To(DType.Bool));
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => NonZeroCalls.Find(x[0], outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>How many elements are true, or not 0: a number of type int64.</summary>
    /// <param name="x">Numbers or truth values of any shape.</param>
    /// <example><code>
    /// Tensor x = [[0, 3], [5, 0]];
    /// Console.WriteLine(x.CountNonZero().Item());      // → 2
    /// </code></example>
    public static Tensor CountNonZero(this Tensor x) => new CountNonZeroOp().Apply(x);

    /// <summary>The indices of all elements that are true, or not 0: [count, rank] int64, in row-major order. Reads how many there are.</summary>
    /// <param name="x">Numbers or truth values of any shape.</param>
    /// <example><code>
    /// Tensor x = [[0, 3], [5, 0]];
    /// Console.WriteLine(x.NonZero());
    /// // →  0  1
    /// // →  1  0
    /// // → [ int64 [2, 2] ]
    /// </code></example>
    public static Tensor NonZero(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var truth = x.To(DType.Bool).Contiguous();                           // once, for both
        long count = (long)truth.CountNonZero();
        return new NonZeroOp(checked((int)count)).Apply(truth);
    }

    /// <summary>The elements where a mask is true, as a vector; tensor and mask stretch to each other.</summary>
    /// <param name="x">The tensor that is read.</param>
    /// <param name="mask">Truth values, as a comparison gives them.</param>
    /// <exception cref="ArgumentException">The mask has no truth values.</exception>
    /// <exception cref="ShapeException">The shapes do not stretch to each other.</exception>
    /// <example><code>
    /// Tensor x = [[1, 5], [7, 2]];
    /// Console.WriteLine(x.MaskedSelect(x > 4));
    /// // →  5
    /// // →  7
    /// // → [ int64 [2] ]
    /// </code></example>
    public static Tensor MaskedSelect(this Tensor x, Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.DType != DType.Bool) throw new ArgumentException($"A mask has truth values, not {mask.DType}; compare, as in x > 0.");
        var shape = Shape.Broadcast(x.Shape, mask.Shape);
        using var between = Between.Of(x);
        var places = mask.Expand(shape).Reshape(-1).NonZero().Select(1, 0);
        return between.Keep(new PickOp([0]).Apply(x.Expand(shape).Reshape(-1), [places]));
    }
}
