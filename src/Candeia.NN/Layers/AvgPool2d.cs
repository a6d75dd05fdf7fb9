namespace Candeia.NN;

/// <summary>The mean of a window moved over images [n, c, h, w] → [n, c, h', w'].</summary>
/// <param name="kernelSize">The window: one number for a square, or (height, width).</param>
/// <param name="stride">How far the window moves; its own size, if nothing is given.</param>
/// <param name="padding">How many zeros stand around the images; at most half the window.</param>
/// <param name="ceilMode">Whether a window may reach over the edge, instead of being left out.</param>
/// <param name="countIncludePad">Whether these zeros count in the mean.</param>
/// <param name="divisorOverride">What the sums are divided by, in place of the number of elements.</param>
public sealed class AvgPool2d(
    Size2d kernelSize, Size2d? stride = null, Size2d? padding = null, bool ceilMode = false, bool countIncludePad = true, int? divisorOverride = null)
    : Layer
{
    /// <inheritdoc/>
    protected internal override string Details =>
        $"{kernelSize}" + Words.Size("stride", stride ?? kernelSize, kernelSize) + Words.Size("padding", padding ?? 0, 0);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.AvgPool2d(kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
}
