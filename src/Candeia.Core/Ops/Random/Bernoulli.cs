namespace Candeia;

/// <summary>Ones with probability <paramref name="Probability"/>, and zeros, as uint8: 1 where a word is below the probability times 2³², rounded.</summary>
/// <param name="Probability">In [0, 1].</param>
/// <param name="Start">From where the numbers are drawn.</param>
public sealed record BernoulliOp(double Probability, GeneratorState Start) : RandomOp(Start)
{
    /// <inheritdoc/>
    public override int WordsPerElement(DType dtype) => 1;

    /// <summary>Draws a tensor with a generator, which moves on.</summary>
    public static Tensor Draw(Shape shape, double probability, Generator? generator, Device device) =>
        new BernoulliOp(probability, Take(generator, shape, 1)).Apply(shape, DType.UInt8, device);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        using var p = Pins.Of(outputs);
        Stream.FillBernoulli(p.Span<byte>(0), Probability);
    }
}
