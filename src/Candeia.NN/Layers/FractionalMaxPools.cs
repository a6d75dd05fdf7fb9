namespace Candeia.NN;

/// <summary>
/// The largest numbers of windows at nearly regular, random distances over images [n, c, h, w], in evaluation too (<see
/// href="https://arxiv.org/abs/1412.6071">Graham 2014</see>).
/// </summary>
/// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
/// <param name="outputSize">Height and width of the result.</param>
/// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
public sealed class FractionalMaxPool2d(Size2d kernelSize, Size2d outputSize, Generator? generator = null) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details => $"{kernelSize} to {outputSize}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.FractionalMaxPool2d(kernelSize, outputSize, generator: generator).Values;
}

/// <summary>The same over volumes [n, c, d, h, w].</summary>
/// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
/// <param name="outputSize">Depth, height and width of the result.</param>
/// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
public sealed class FractionalMaxPool3d(Size3d kernelSize, Size3d outputSize, Generator? generator = null) : Layer
{
    /// <inheritdoc/>
    protected internal override string Details => $"{kernelSize} to {outputSize}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => x.FractionalMaxPool3d(kernelSize, outputSize, generator: generator).Values;
}
