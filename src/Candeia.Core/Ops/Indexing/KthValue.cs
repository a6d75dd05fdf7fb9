using Candeia.Kernels;

namespace Candeia;

/// <summary>The value that is the K-th smallest along a dimension, and where it stood; not-a-number counts as the largest. The dimension stays with size 1.</summary>
/// <param name="K">Which: 1 is the smallest.</param>
/// <param name="Dim">The dimension.</param>
public sealed record KthValueOp(int K, int Dim) : OrderOp(Dim)
{
    /// <summary>Applies the op.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The dimension has fewer elements.</exception>
    public (Tensor Values, Tensor Indices) Apply(Tensor x)
    {
        int size = Size(x);
        if (K < 1 || K > size) throw new ArgumentOutOfRangeException(nameof(x), $"Dimension {Dim} of {x.Shape} has no value number {K}: 1 is the smallest of {size}.");
        return Run(x, With(x.Shape, 1));
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        OrderCalls.Run(x[0], Dim, Ordered.One, K - 1, false, outputs[0], outputs[1]);
}

/// <summary>
/// The middle value along a dimension (of an even number, the lower), and where it stood; not-a-number where there is one. The dimension stays with size 1.
/// </summary>
/// <param name="Dim">The dimension.</param>
public sealed record MedianOp(int Dim) : OrderOp(Dim)
{
    /// <summary>Applies the op.</summary>
    /// <exception cref="ShapeException">The dimension has no elements.</exception>
    public (Tensor Values, Tensor Indices) Apply(Tensor x)
    {
        if (Size(x) == 0) throw new ShapeException($"Dimension {Dim} of {x.Shape} has no elements, and so no middle; ask for its size first.");
        return Run(x, With(x.Shape, 1));
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        OrderCalls.Run(x[0], Dim, Ordered.Median, 0, false, outputs[0], outputs[1]);
}

/// <summary>
/// The middle of all numbers along a dimension (of an even number of them, the lower), and where it stood; not-a-number is left out. The dimension stays with
/// size 1.
/// </summary>
/// <param name="Dim">The dimension.</param>
public sealed record NanMedianOp(int Dim) : OrderOp(Dim)
{
    /// <summary>Applies the op.</summary>
    /// <exception cref="ShapeException">The dimension has no elements.</exception>
    public (Tensor Values, Tensor Indices) Apply(Tensor x)
    {
        if (Size(x) == 0) throw new ShapeException($"Dimension {Dim} of {x.Shape} has no elements, and so no middle; ask for its size first.");
        return Run(x, With(x.Shape, 1));
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        OrderCalls.Run(x[0], Dim, Ordered.NanMedian, 0, false, outputs[0], outputs[1]);
}

/// <summary>The value that occurs most often along a dimension (of several, the smallest), and where it stood last. The dimension stays with size 1.</summary>
/// <param name="Dim">The dimension.</param>
public sealed record ModeOp(int Dim) : OrderOp(Dim)
{
    /// <summary>Applies the op.</summary>
    /// <exception cref="ShapeException">The dimension has no elements.</exception>
    public (Tensor Values, Tensor Indices) Apply(Tensor x)
    {
        if (Size(x) == 0) throw new ShapeException($"Dimension {Dim} of {x.Shape} has no elements, of which none occurs most often.");
        return Run(x, With(x.Shape, 1));
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        OrderCalls.Run(x[0], Dim, Ordered.Mode, 0, false, outputs[0], outputs[1]);
}

public static partial class TensorOps
{
    /// <summary>The middle of all numbers along a dimension (of an even number of them, the lower), and where it stood; not-a-number is left out.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dim">The dimension; −1 is the last.</param>
    /// <param name="keepDim">Whether the dimensions stay, with size 1.</param>
    /// <exception cref="ShapeException">The dimension has no elements.</exception>
    /// <example><code>Tensor x = [3, double.NaN, 1]; var (y, at) = x.NanMedian(0);      // 1 and 2</code></example>
    public static (Tensor Values, Tensor Indices) NanMedian(this Tensor x, int dim, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        int d = x.Shape.Dim(dim);
        return Kept(new NanMedianOp(d).Apply(x), d, keepDim);
    }

    /// <summary>The middle of all numbers (of an even number of them, the lower); not-a-number is left out.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <exception cref="ShapeException">There are no elements, and no whole number says so; of no fractions the result is not a number.</exception>
    /// <example><code>Tensor x = [3, double.NaN, 1, 2]; var y = x.NanMedian();          // 2</code></example>
    public static Tensor NanMedian(this Tensor x) => OfNothing(x) ?? x.Flatten().NanMedian(0).Values;

    /// <summary>The value that occurs most often along a dimension (of several, the smallest), and where it stood last.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dim">The dimension; −1 is the last.</param>
    /// <param name="keepDim">Whether the dimensions stay, with size 1.</param>
    /// <exception cref="ShapeException">The dimension has no elements.</exception>
    /// <example><code>Tensor x = [2, 1, 2, 1, 3]; var (y, at) = x.Mode();               // 1 and 3</code></example>
    public static (Tensor Values, Tensor Indices) Mode(this Tensor x, int dim = -1, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        int d = x.Shape.Dim(dim);
        return Kept(new ModeOp(d).Apply(x), d, keepDim);
    }

    /// <summary>The tensor with its first dimension sorted.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <example><code>Tensor x = [3, 1, 2]; var y = x.MSort();                          // [1, 2, 3]</code></example>
    public static Tensor MSort(this Tensor x) => x.Sort(0).Values;

    /// <summary>
    /// The <paramref name="k"/>-th smallest value along a dimension, and where it stood; 1 is the smallest, and not-a-number counts as the largest.
    /// </summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="k">Which value: 1 is the smallest.</param>
    /// <param name="dim">The dimension along which is looked, and which disappears; −1 is the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension has fewer elements.</exception>
    /// <example><code>
    /// Tensor x = [[30, 10, 20]];
    /// var (values, indices) = x.KthValue(2);
    /// Console.WriteLine($"{values.Item()} at {indices.Item()}");      // → 20 at 2
    /// </code></example>
    public static (Tensor Values, Tensor Indices) KthValue(this Tensor x, int k, int dim = -1, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        int d = x.Shape.Dim(dim);
        return Kept(new KthValueOp(k, d).Apply(x), d, keepDim);
    }

    /// <summary>The middle value along a dimension (of an even number, the lower), and where it stood; not-a-number where there is one.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <param name="dim">The dimension along which is looked, and which disappears; −1 is the last.</param>
    /// <param name="keepDim">Whether it stays, with size 1.</param>
    /// <exception cref="ShapeException">The dimension has no elements.</exception>
    /// <example><code>
    /// Tensor x = [[30, 10, 20]];
    /// var (values, indices) = x.Median(1);
    /// Console.WriteLine($"{values.Item()} at {indices.Item()}");      // → 20 at 2
    /// </code></example>
    public static (Tensor Values, Tensor Indices) Median(this Tensor x, int dim, bool keepDim = false)
    {
        ArgumentNullException.ThrowIfNull(x);
        int d = x.Shape.Dim(dim);
        return Kept(new MedianOp(d).Apply(x), d, keepDim);
    }

    /// <summary>The middle of all elements (of an even number, the lower); not-a-number where there is one.</summary>
    /// <param name="x">Numbers of any shape.</param>
    /// <returns>A single number, [].</returns>
    /// <exception cref="ShapeException">There are no elements, and no whole number says so; of no fractions the result is not a number.</exception>
    public static Tensor Median(this Tensor x) => OfNothing(x) ?? x.Flatten().Median(0).Values;

    static Tensor? OfNothing(Tensor x) => x.Numel == 0 && x.DType.IsFloatingPoint() ? Tensor.Scalar(double.NaN, x.DType, x.Device) : null;

    static (Tensor Values, Tensor Indices) Kept((Tensor Values, Tensor Indices) found, int dim, bool keepDim) =>
        keepDim ? found : (found.Values.Squeeze(dim), found.Indices.Squeeze(dim));
}
