namespace Candeia.NN;

/// <summary>The mean of a window moved over signals [n, c, l].</summary>
/// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
/// <param name="stride">How far it moves; its size, unless given.</param>
/// <param name="padding">Zeros at both ends.</param>
/// <param name="ceilMode">Whether a window may reach over the end.</param>
/// <param name="countIncludePad">Whether the zeros count in the mean.</param>
public sealed class AvgPool1d(int kernelSize, int? stride = null, int padding = 0, bool ceilMode = false, bool countIncludePad = true) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details => $"{kernelSize}" + Words.Size("stride", stride ?? kernelSize, kernelSize) + Words.Size("padding", padding, 0);

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.AvgPool1d(kernelSize, stride, padding, ceilMode, countIncludePad);
}
