using Candeia.Kernels;

namespace Candeia;

/// <summary>The largest number in a window moved over images [n, c, h, w]; of equals the first, and not-a-number passes through.</summary>
public sealed record MaxPool2dOp(PoolGeometry Geometry) : Op
{
    /// <summary>Whether a convolution before can do this in its own pass.</summary>
    internal bool IsHalving => Geometry.IsHalving;

    /// <summary>The place of each maximum in its image, row by row: [n, h, w, c].</summary>
    protected internal override TensorSpec[] Saves(ReadOnlySpan<Tensor> x)
    {
        var y = Geometry.Output("MaxPool2d", x[0]);
        return [new([y[0], y[2], y[3], y[1]], DType.Int64)];
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [new MaxPool2dGradientOp(Geometry, node.Inputs[0].Shape).Apply(grad, node.Saved[0])];

    /// <summary>Applies the op to images [n, c, h, w], or to one [c, h, w].</summary>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 3) return Apply(x.Unsqueeze(0)).Squeeze(0);
        return Run(Layout.ChannelsLast(Geometry.Output("MaxPool2d", x)), x.DType, x);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        PoolingCalls.Max(Geometry.On(x[0].Shape), x[0], outputs[0], outputs.Length > 1 ? outputs[1] : null);
}

/// <summary>The gradient of a max pooling's input: each output's gradient goes where its maximum was. Inputs: gradient and places.</summary>
public sealed record MaxPool2dGradientOp(PoolGeometry Geometry, Shape Input) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        var places = node.Inputs[1].Permute(0, 3, 1, 2);                     // [n, c, h, w]
        return [grad.Flatten(2).Gather(2, places.Flatten(2)).Reshape(places.Shape), null];
    }

    /// <summary>Applies the op to the gradient of the output and the places of the maxima.</summary>
    public Tensor Apply(Tensor grad, Tensor places)
    {
        ArgumentNullException.ThrowIfNull(grad);
        ArgumentNullException.ThrowIfNull(places);
        Geometry.Expect(grad, Input);
        if (places.DType != DType.Int64 || places.Shape != [grad.Shape[0], grad.Shape[2], grad.Shape[3], grad.Shape[1]])
            throw new ShapeException($"The places of the maxima are int64 [n, h, w, c] of the gradient {grad.Shape}, not {places.DType} {places.Shape}.");
        return Run(Layout.ChannelsLast(Input), grad.DType, grad, places);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        PoolingCalls.MaxGradient(Geometry.On(outputs[0].Shape), x[0], x[1], outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>
    /// The largest number in a window moved over images [n, c, h, w], or over one [c, h, w]; the stride defaults to the window's size.
    /// </summary>
    /// <param name="x">Images [n, c, h, w] or [c, h, w].</param>
    /// <param name="kernelSize">The window: one number for a square, or (height, width).</param>
    /// <param name="stride">How far the window moves; its own size, if nothing is given.</param>
    /// <param name="padding">How many places around the images count as −∞; at most half the window.</param>
    /// <param name="dilation">How far apart the window's points are; 1 makes them neighbours.</param>
    /// <param name="ceilMode">Whether a window may reach over the edge, instead of being left out.</param>
    /// <returns>[n, c, h', w']: half the height and width with a window of 2.</returns>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    /// <exception cref="ArgumentException">A size is not at least 1, or the padding is larger than half the window.</exception>
    /// <example><code>
    /// Tensor image = [[[1.0, 2, 5, 6], [3, 4, 7, 8]]];                         // one channel
    /// Console.WriteLine(image.MaxPool2d(2));
    /// // → (0,.,.) =
    /// // →   4  8
    /// // → [ float32 [1, 1, 2] ]
    /// </code></example>
    public static Tensor MaxPool2d(this Tensor x, Size2d kernelSize, Size2d? stride = null, Size2d? padding = null, Size2d? dilation = null, bool ceilMode = false) =>
        new MaxPool2dOp(new(kernelSize, stride ?? kernelSize, padding ?? 0, dilation ?? 1, ceilMode)).Apply(x);
}
