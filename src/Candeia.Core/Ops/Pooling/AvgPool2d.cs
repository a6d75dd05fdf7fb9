using Candeia.Kernels;

namespace Candeia;

/// <summary>The mean of a window moved over images [n, c, h, w].</summary>
/// <param name="Geometry">How the window moves.</param>
/// <param name="CountIncludePad">Whether the border counts among the numbers that the sum is divided by.</param>
/// <param name="DivisorOverride">What the sum is divided by instead.</param>
public sealed record AvgPool2dOp(PoolGeometry Geometry, bool CountIncludePad = true, int? DivisorOverride = null) : Op
{
    /// <summary>Whether a convolution before can do this in its own pass.</summary>
    internal bool IsHalving => Geometry.IsHalving && DivisorOverride is null or 4;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [new AvgPool2dGradientOp(this, node.Inputs[0].Shape).Apply(grad)];

    /// <summary>Applies the op to images [n, c, h, w], or to one [c, h, w].</summary>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 3) return Apply(x.Unsqueeze(0)).Squeeze(0);
        return Run(Layout.ChannelsLast(Geometry.Output("AvgPool2d", x)), x.DType, x);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        PoolingCalls.Average(On(x[0].Shape), x[0], outputs[0]);

    internal PoolShape On(Shape x) => Geometry.On(x) with { CountIncludePad = CountIncludePad, DivisorOverride = DivisorOverride ?? 0 };
}

/// <summary>The gradient of an average pooling's input: each output's gradient, divided evenly over its window.</summary>
public sealed record AvgPool2dGradientOp(AvgPool2dOp Pool, Shape Input) : Op
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [Pool.Apply(grad)];

    /// <summary>Applies the op to the gradient of the output.</summary>
    public Tensor Apply(Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(grad);
        Pool.Geometry.Expect(grad, Input);
        return Run(Layout.ChannelsLast(Input), grad.DType, grad);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        PoolingCalls.AverageGradient(Pool.On(outputs[0].Shape), x[0], outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>The mean of a window moved over images [n, c, h, w], or over one [c, h, w]; the stride defaults to the window's size.</summary>
    /// <param name="x">Images [n, c, h, w] or [c, h, w].</param>
    /// <param name="kernelSize">The window: one number for a square, or (height, width).</param>
    /// <param name="stride">How far the window moves; its own size, if nothing is given.</param>
    /// <param name="padding">How many zeros stand around the images; at most half the window.</param>
    /// <param name="ceilMode">Whether a window may reach over the edge, instead of being left out.</param>
    /// <param name="countIncludePad">Whether these zeros count in the mean.</param>
    /// <param name="divisorOverride">What the sums are divided by, in place of the number of elements.</param>
    /// <returns>[n, c, h', w']: half the height and width with a window of 2.</returns>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The divisor is not at least 1.</exception>
    /// <exception cref="ArgumentException">A size is not at least 1, or the padding is larger than half the window.</exception>
    /// <example><code>
    /// Tensor image = [[[1.0, 2, 5, 6], [3, 4, 7, 8]]];                         // one channel
    /// Console.WriteLine(image.AvgPool2d(2));
    /// // → (0,.,.) =
    /// // →   2.5000  6.5000
    /// // → [ float32 [1, 1, 2] ]
    /// </code></example>
    public static Tensor AvgPool2d(this Tensor x, Size2d kernelSize, Size2d? stride = null, Size2d? padding = null, bool ceilMode = false, bool countIncludePad = true, int? divisorOverride = null)
    {
        if (divisorOverride <= 0) throw new ArgumentOutOfRangeException(nameof(divisorOverride), $"A sum cannot be divided by {divisorOverride}.");
        return new AvgPool2dOp(new(kernelSize, stride ?? kernelSize, padding ?? 0, 1, ceilMode), countIncludePad, divisorOverride).Apply(x);
    }
}
