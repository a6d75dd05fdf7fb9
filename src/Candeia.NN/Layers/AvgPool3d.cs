namespace Candeia.NN;

/// <summary>The mean of a window moved over volumes [n, c, d, h, w], zeros of the border included.</summary>
/// <param name="kernelSize">The window.</param>
/// <param name="stride">How far it moves; its size, unless given.</param>
/// <param name="padding">Zeros around the volumes.</param>
public sealed class AvgPool3d(Size3d kernelSize, Size3d? stride = null, Size3d? padding = null) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details =>
        $"{kernelSize}" + Words.Size("stride", stride ?? kernelSize, kernelSize) + Words.Size("padding", padding ?? 0, 0);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.AvgPool3d(kernelSize, stride, padding);
}
