using Candeia.Kernels;

namespace Candeia;

/// <summary>The windows of images [n, c, h, w] as columns: [n, c · kh · kw, windows]. What a convolution multiplies with its weights.</summary>
/// <param name="Geometry">How the window moves.</param>
/// <param name="Kernel">The window.</param>
public sealed record Unfold2dOp(ConvGeometry Geometry, Size2d Kernel) : Op
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) =>
        [new Fold2dOp(Geometry, Kernel, (node.Inputs[0].Shape[2], node.Inputs[0].Shape[3])).Apply(grad)];

    /// <summary>Applies the op.</summary>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank != 4) throw new ShapeException($"Unfold2d takes images [n, c, h, w] or one [c, h, w], not {x.Shape}.");
        var windows = Windows((x.Shape[2], x.Shape[3]));
        return Run([x.Shape[0], checked(x.Shape[1] * Kernel.Height * Kernel.Width), checked(windows.Height * windows.Width)], x.DType, x);
    }

    /// <summary>How many windows there are in each direction.</summary>
    internal Size2d Windows(Size2d image)
    {
        if (Kernel is not { Height: > 0, Width: > 0 }) throw new ArgumentException($"A window has at least one point, not {Kernel}.");
        var y = Geometry.Output([1, 1, image.Height, image.Width], [1, 1, Kernel.Height, Kernel.Width], null);
        return (y[2], y[3]);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        FoldCalls.Run(Geometry, Kernel, (x[0].Shape[2], x[0].Shape[3]), Windows((x[0].Shape[2], x[0].Shape[3])), x[0], outputs[0], folds: false);
}

/// <summary>Columns [n, c · kh · kw, windows] added up where their windows lie: [n, c, h, w]. The derivative of <see cref="Unfold2dOp"/>, which is its own.</summary>
/// <param name="Geometry">How the window moves.</param>
/// <param name="Kernel">The window.</param>
/// <param name="Output">Height and width of the images.</param>
public sealed record Fold2dOp(ConvGeometry Geometry, Size2d Kernel, Size2d Output) : Op
{
    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [new Unfold2dOp(Geometry, Kernel).Apply(grad)];

    /// <summary>Applies the op.</summary>
    /// <exception cref="ShapeException">The columns are not those of such windows.</exception>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var windows = new Unfold2dOp(Geometry, Kernel).Windows(Output);
        int points = Kernel.Height * Kernel.Width;
        if (x.Rank != 3 || x.Shape[1] % points != 0 || x.Shape[2] != windows.Height * windows.Width)
            throw new ShapeException($"Fold2d to {Output} with windows of {Kernel} takes [n, c · {points}, {windows.Height * windows.Width}], not {x.Shape}.");
        return Run([x.Shape[0], x.Shape[1] / points, Output.Height, Output.Width], x.DType, x);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        FoldCalls.Run(Geometry, Kernel, Output, new Unfold2dOp(Geometry, Kernel).Windows(Output), x[0], outputs[0], folds: true);
}

public static partial class TensorOps
{
    /// <summary>The windows of images as columns: [n, c, h, w] → [n, c · kh · kw, windows], or one image [c, h, w] → [c · kh · kw, windows]. PyTorch's <c>unfold</c>.</summary>
    /// <param name="x">[n, c, h, w] or [c, h, w].</param>
    /// <param name="kernelSize">How many elements the window spans that moves over the input; 3 is a good start.</param>
    /// <param name="dilation">How far apart its points are.</param>
    /// <param name="padding">Zeros around the images.</param>
    /// <param name="stride">How far the window moves from one output to the next.</param>
    /// <exception cref="ShapeException">The window does not fit the images.</exception>
    /// <example><code>
    /// Console.WriteLine(Tensor.Zeros([1, 3, 4, 4]).Unfold2d(2).Shape);     // → [1, 12, 9]
    /// </code></example>
    public static Tensor Unfold2d(this Tensor x, Size2d kernelSize, Size2d? dilation = null, Size2d? padding = null, Size2d? stride = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 3) return x.Unsqueeze(0).Unfold2d(kernelSize, dilation, padding, stride).Squeeze(0);
        return new Unfold2dOp(new(stride ?? 1, padding ?? 0, dilation ?? 1, 1), kernelSize).Apply(x);
    }

    /// <summary>Columns added up where their windows lie: [n, c · kh · kw, windows] → [n, c, h, w], or [c · kh · kw, windows] → [c, h, w]. PyTorch's <c>fold</c>.</summary>
    /// <param name="x">[n, c · kh · kw, windows] or [c · kh · kw, windows].</param>
    /// <param name="outputSize">Height and width of the images.</param>
    /// <param name="kernelSize">How many elements the window spans that moves over the input; 3 is a good start.</param>
    /// <param name="dilation">How far apart its points are.</param>
    /// <param name="padding">Zeros around the images.</param>
    /// <param name="stride">How far the window moves from one output to the next.</param>
    /// <exception cref="ShapeException">The columns are not those of such windows.</exception>
    /// <example><code>Console.WriteLine((double)Tensor.Ones([1, 4, 4]).Fold2d(outputSize: 3, kernelSize: 2)[0, 0, 1, 1]);    // → 4</code></example>
    public static Tensor Fold2d(this Tensor x, Size2d outputSize, Size2d kernelSize, Size2d? dilation = null, Size2d? padding = null, Size2d? stride = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 2) return x.Unsqueeze(0).Fold2d(outputSize, kernelSize, dilation, padding, stride).Squeeze(0);
        return new Fold2dOp(new(stride ?? 1, padding ?? 0, dilation ?? 1, 1), kernelSize, outputSize).Apply(x);
    }
}
