namespace Candeia;

/// <summary>
/// Numbers drawn from a normal distribution: mean + std·Φ⁻¹(u), with Φ⁻¹ by Wichura's algorithm AS 241 in double precision. In float32, u is a word plus ½,
/// times 2⁻³²; in float64 the upper 52 bits of two plus ½, times 2⁻⁵².
/// </summary>
/// <param name="Mean">The mean.</param>
/// <param name="Std">The standard deviation.</param>
/// <param name="Start">From where the numbers are drawn.</param>
public sealed record NormalOp(double Mean, double Std, GeneratorState Start) : RandomOp(Start)
{
    /// <inheritdoc/>
    public override int WordsPerElement(DType dtype) => FloatWords(dtype, "Normal");

    /// <summary>Draws a tensor with a generator, which moves on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative or not a number.</exception>
    public static Tensor Draw(Shape shape, double mean, double std, DType dtype, Generator? generator, Device device) => std >= 0
        ? new NormalOp(mean, std, Take(generator, shape, FloatWords(dtype, "Normal"))).Apply(shape, dtype, device)
        : throw new ArgumentOutOfRangeException(nameof(std), std, "A standard deviation is a number of at least 0.");

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        using var p = Pins.Of(outputs);
        if (outputs[0].DType == DType.Float32) Stream.FillNormal(p.Span<float>(0), (float)Mean, (float)Std);
        else Stream.FillNormal(p.Span<double>(0), Mean, Std);
    }
}
