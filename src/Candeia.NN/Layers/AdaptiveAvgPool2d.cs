namespace Candeia.NN;

/// <summary>The means of as many windows as asked for over images [n, c, h, w], whatever their size.</summary>
/// <param name="outputSize">The height and width of the result: one number for a square, or (height, width).</param>
public sealed class AdaptiveAvgPool2d(Size2d outputSize) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details => $"{outputSize}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.AdaptiveAvgPool2d(outputSize);
}
