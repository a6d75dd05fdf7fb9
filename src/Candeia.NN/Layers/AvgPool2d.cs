namespace Candeia.NN;

/// <summary>The mean of a window moved over images [n, c, h, w].</summary>
/// <param name="kernelSize">The window.</param>
/// <param name="stride">How far it moves; its size, unless given.</param>
/// <param name="padding">Zeros around the images.</param>
/// <param name="ceilMode">Whether a window may reach over the end.</param>
/// <param name="countIncludePad">Whether the zeros count in the mean.</param>
/// <param name="divisorOverride">What the sum is divided by instead.</param>
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
