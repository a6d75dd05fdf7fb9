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
    (double Height, double Width)? Part { get; init; }

    /// <summary>One whose result is a part of what it is given, whatever size that has; rounded down, as in PyTorch.</summary>
    /// <param name="kernelSize">How many elements the window spans of which an output is made.</param>
    /// <param name="height">How much of the height remains, between 0 and 1.</param>
    /// <param name="width">How much of the width remains, between 0 and 1.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part is not between 0 and 1.</exception>
    /// <example><code>
    /// var pool = FractionalMaxPool2d.OfPart(2, height: 0.7, width: 0.5);
    /// Console.WriteLine(pool.Forward(Tensor.Randn([1, 8, 20, 20])).Shape);         // → [1, 8, 14, 10]
    /// </code></example>
    public static FractionalMaxPool2d OfPart(Size2d kernelSize, double height, double width, Generator? generator = null) =>
        new(kernelSize, 1, generator) { Part = (Fraction.Checked(height, nameof(height)), Fraction.Checked(width, nameof(width))) };

    /// <inheritdoc/>
    protected internal override string Details => Part is { } part ? $"{kernelSize} to {part.Height}×{part.Width} of it" : $"{kernelSize} to {outputSize}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Size2d size = Part is { } part && x.Rank >= 2 ? new((int)(x.Shape[^2] * part.Height), (int)(x.Shape[^1] * part.Width)) : outputSize;
        return x.FractionalMaxPool2d(kernelSize, size, generator: generator).Values;
    }
}

/// <summary>The same over volumes [n, c, d, h, w].</summary>
/// <param name="kernelSize">How many elements the window spans of which an output is made; 2 halves the size.</param>
/// <param name="outputSize">Depth, height and width of the result.</param>
/// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
public sealed class FractionalMaxPool3d(Size3d kernelSize, Size3d outputSize, Generator? generator = null) : Layer
{
    (double Depth, double Height, double Width)? Part { get; init; }

    /// <summary>One whose result is a part of what it is given, whatever size that has; rounded down, as in PyTorch.</summary>
    /// <param name="kernelSize">How many elements the window spans of which an output is made.</param>
    /// <param name="depth">How much of the depth remains, between 0 and 1.</param>
    /// <param name="height">How much of the height remains, between 0 and 1.</param>
    /// <param name="width">How much of the width remains, between 0 and 1.</param>
    /// <param name="generator">Where the randomness comes from; the global generator, if none is given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A part is not between 0 and 1.</exception>
    public static FractionalMaxPool3d OfPart(Size3d kernelSize, double depth, double height, double width, Generator? generator = null) =>
        new(kernelSize, 1, generator) { Part = (Fraction.Checked(depth, nameof(depth)), Fraction.Checked(height, nameof(height)), Fraction.Checked(width, nameof(width))) };

    /// <inheritdoc/>
    protected internal override string Details => Part is { } part ? $"{kernelSize} to {part.Depth}×{part.Height}×{part.Width} of it" : $"{kernelSize} to {outputSize}";

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        Size3d size = Part is { } part && x.Rank >= 3 ? new((int)(x.Shape[^3] * part.Depth), (int)(x.Shape[^2] * part.Height), (int)(x.Shape[^1] * part.Width)) : outputSize;
        return x.FractionalMaxPool3d(kernelSize, size, generator: generator).Values;
    }
}

/// <summary>How much of a size remains.</summary>
static class Fraction
{
    public static double Checked(double value, string name) => value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, "A part is between 0 and 1.");
}
