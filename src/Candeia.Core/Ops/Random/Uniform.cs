namespace Candeia;

/// <summary>
/// Numbers drawn evenly from [<paramref name="Low"/>, <paramref name="High"/>): low + (high − low)·u, and below high where rounding would reach it. In
/// float32, where the bounds are rounded first, u is the upper 24 bits of a word times 2⁻²⁴; in float64 the upper 53 bits of two times 2⁻⁵³.
/// </summary>
/// <param name="Low">The least number.</param>
/// <param name="High">What all numbers stay below.</param>
/// <param name="Start">From where the numbers are drawn.</param>
public sealed record UniformOp(double Low, double High, GeneratorState Start) : RandomOp(Start)
{
    /// <inheritdoc/>
    public override int WordsPerElement(DType dtype) => FloatWords(dtype, "Uniform");

    /// <summary>Draws a tensor with a generator, which moves on.</summary>
    public static Tensor Draw(Shape shape, double low, double high, DType dtype, Generator? generator, Device device) =>
        new UniformOp(low, high, Take(generator, shape, FloatWords(dtype, "Uniform"))).Apply(shape, dtype, device);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        using var p = Pins.Of(outputs);
        if (outputs[0].DType == DType.Float32) Stream.FillUniform(p.Span<float>(0), (float)Low, (float)High);
        else Stream.FillUniform(p.Span<double>(0), Low, High);
    }
}
