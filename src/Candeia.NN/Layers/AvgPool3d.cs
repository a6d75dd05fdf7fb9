namespace Candeia.NN;

/// <summary>The mean of a window moved over volumes [n, c, d, h, w] → [n, c, d', h', w'].</summary>
/// <param name="kernelSize">The window: one number for a cube, or (depth, height, width).</param>
/// <param name="stride">How far the window moves; its own size, if nothing is given.</param>
/// <param name="padding">How many zeros stand around the volumes; at most half the window.</param>
/// <param name="ceilMode">Whether a window may reach over the end.</param>
/// <param name="countIncludePad">Whether the zeros count in the mean.</param>
/// <param name="divisorOverride">What the sum is divided by instead.</param>
public sealed class AvgPool3d(
    Size3d kernelSize, Size3d? stride = null, Size3d? padding = null, bool ceilMode = false, bool countIncludePad = true, int? divisorOverride = null) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details =>
        $"{kernelSize}" + Words.Size("stride", stride ?? kernelSize, kernelSize) + Words.Size("padding", padding ?? 0, 0);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.AvgPool3d(kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
}
