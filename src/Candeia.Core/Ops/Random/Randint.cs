namespace Candeia;

/// <summary>Whole numbers drawn evenly from low … high − 1, as int64: low plus the upper half of the 128-bit product of two words and high − low.</summary>
/// <param name="Low">The least number.</param>
/// <param name="High">What all numbers stay below.</param>
/// <param name="Start">From where the numbers are drawn.</param>
public sealed record RandintOp(long Low, long High, GeneratorState Start) : RandomOp(Start)
{
    /// <inheritdoc/>
    public override int WordsPerElement(DType dtype) => 2;

    /// <summary>Draws a tensor with a generator, which moves on.</summary>
    public static Tensor Draw(Shape shape, long low, long high, Generator? generator, Device device) =>
        new RandintOp(low, high, Take(generator, shape, 2)).Apply(shape, DType.Int64, device);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        using var p = Pins.Of(outputs);
        Stream.FillIntegers(p.Span<long>(0), Low, High);
    }
}
