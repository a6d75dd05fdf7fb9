namespace Candeia.NN;

/// <summary>The largest number in a window moved over volumes [n, c, d, h, w] → [n, c, d', h', w'].</summary>
/// <param name="kernelSize">The window: one number for a cube, or (depth, height, width).</param>
/// <param name="stride">How far the window moves; its own size, if nothing is given.</param>
/// <param name="padding">How many places stand around the volumes that are never the largest; at most half the window.</param>
/// <param name="dilation">How far apart the window's points are; 1 makes them neighbours.</param>
/// <param name="ceilMode">Whether a window may reach over the end.</param>
public sealed class MaxPool3d(Size3d kernelSize, Size3d? stride = null, Size3d? padding = null, Size3d? dilation = null, bool ceilMode = false)
    : Layer
{
    /// <inheritdoc/>
    protected internal override string Details =>
        $"{kernelSize}"
        + Words.Size("stride", stride ?? kernelSize, kernelSize) + Words.Size("padding", padding ?? 0, 0) + Words.Size("dilation", dilation ?? 1, 1);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.MaxPool3d(kernelSize, stride, padding, dilation, ceilMode);
}
