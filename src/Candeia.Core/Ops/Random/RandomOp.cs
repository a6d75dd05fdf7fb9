namespace Candeia;

/// <summary>
/// Random numbers as a function of where a stream stands, so that any device makes the same: element i, counted in row-major order, is made of the
/// <see cref="WordsPerElement"/> 32-bit words of the stream that begin at <c>Start.Position + i · WordsPerElement</c>. Word w of a stream is word w mod 4 of
/// the block <see cref="Philox.Block"/>(key, stream, w / 4). Two words are one of 64 bits, the first in its low half.
/// </summary>
/// <param name="Start">Key, stream and position from which the numbers are drawn.</param>
public abstract record RandomOp(GeneratorState Start) : Op
{
    /// <inheritdoc/>
    protected internal sealed override bool IsDifferentiable => false;

    /// <summary>How many words an element of this type uses up.</summary>
    public abstract int WordsPerElement(DType dtype);

    /// <summary>Draws a row-major tensor.</summary>
    public Tensor Apply(Shape shape, DType dtype, Device device) => RunOn(device, Layout.Of(shape), dtype);

    /// <summary>A generator at the start of what is drawn.</summary>
    private protected Generator Stream => new(Start);

    /// <summary>The words of so many elements, taken from the generator that was given or the thread's.</summary>
    private protected static GeneratorState Take(Generator? generator, Shape shape, int wordsPerElement) =>
        (generator ?? Generator.Default).Advance(checked(shape.Numel * wordsPerElement));

    /// <summary>The words of a number with a fraction: types that are only stored are drawn as float32, and rounded.</summary>
    private protected static int FloatWords(DType dtype, string name) =>
        !dtype.IsFloatingPoint() ? throw new ArgumentException($"{name} draws floating-point numbers, not {dtype}.", nameof(dtype)) : dtype == DType.Float64 ? 2 : 1;
}
