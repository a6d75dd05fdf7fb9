namespace Candeia.NN;

/// <summary>The largest number in a window moved over signals [n, c, l]. Where they are, <see cref="TensorOps.MaxPool1dWithIndices"/> says.</summary>
/// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
/// <param name="stride">How far it moves; its size, unless given.</param>
/// <param name="padding">A border that never wins.</param>
/// <param name="dilation">How far apart the window's points are.</param>
/// <param name="ceilMode">Whether a window may reach over the end.</param>
public sealed class MaxPool1d(int kernelSize, int? stride = null, int padding = 0, int dilation = 1, bool ceilMode = false) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details =>
        $"{kernelSize}" + Words.Size("stride", stride ?? kernelSize, kernelSize) + Words.Size("padding", padding, 0) + Words.Size("dilation", dilation, 1);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.MaxPool1d(kernelSize, stride, padding, dilation, ceilMode);
}
