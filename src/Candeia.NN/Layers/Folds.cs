namespace Candeia.NN;

/// <summary>The windows of images as columns: [n, c, h, w] → [n, c · kh · kw, windows].</summary>
/// <param name="kernelSize">How many elements the window spans.</param>
/// <param name="dilation">How far apart its points are.</param>
/// <param name="padding">Zeros around the images.</param>
/// <param name="stride">How far the window moves from one output to the next.</param>
public sealed class Unfold(Size2d kernelSize, Size2d? dilation = null, Size2d? padding = null, Size2d? stride = null) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details => $"{kernelSize}" + Words.Size("dilation", dilation ?? 1, 1) + Words.Size("padding", padding ?? 0, 0) + Words.Size("stride", stride ?? 1, 1);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Unfold2d(kernelSize, dilation, padding, stride);
}

/// <summary>Columns added up where their windows lie: [n, c · kh · kw, windows] → [n, c, h, w].</summary>
/// <param name="outputSize">Height and width of the images.</param>
/// <param name="kernelSize">How many elements the window spans.</param>
/// <param name="dilation">How far apart its points are.</param>
/// <param name="padding">Zeros around the images.</param>
/// <param name="stride">How far the window moves from one output to the next.</param>
public sealed class Fold(Size2d outputSize, Size2d kernelSize, Size2d? dilation = null, Size2d? padding = null, Size2d? stride = null) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details =>
        $"{kernelSize} to {outputSize}" + Words.Size("dilation", dilation ?? 1, 1) + Words.Size("padding", padding ?? 0, 0) + Words.Size("stride", stride ?? 1, 1);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.Fold2d(outputSize, kernelSize, dilation, padding, stride);
}
