namespace Candeia.Distributions;

/// <summary>Some distributions as one of vectors or tensors, whose elements do not depend on each other.</summary>
/// <param name="inner">The distributions.</param>
/// <param name="dims">How many of their last batch dimensions become event dimensions.</param>
public sealed class Independent(Distribution inner, int dims) : Distribution(
    Of(inner, dims).BatchShape.Slice(0, inner.BatchShape.Rank - dims), Shape.Create([.. inner.BatchShape.Sizes[^dims..], .. inner.EventShape.Sizes]))
{
    static Distribution Of(Distribution inner, int dims)
    {
        ArgumentNullException.ThrowIfNull(inner);
        return dims >= 0 && dims <= inner.BatchShape.Rank ? inner
            : throw new ArgumentOutOfRangeException(nameof(dims), dims, $"A batch {inner.BatchShape} has {inner.BatchShape.Rank} dimensions.");
    }

    /// <summary>The distributions.</summary>
    public Distribution Inner => inner;

    /// <summary>How many of their last batch dimensions are event dimensions.</summary>
    public int Dims => dims;

    /// <inheritdoc/>
    public override bool HasRSample => inner.HasRSample;

    /// <inheritdoc/>
    public override Tensor Mean => inner.Mean;

    /// <inheritdoc/>
    public override Tensor Variance => inner.Variance;

    /// <inheritdoc/>
    protected internal override DType DType => inner.DType;

    /// <inheritdoc/>
    public override Tensor Entropy() => Summed(inner.Entropy());

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator)
    {
        var samples = shape.Slice(0, shape.Rank - BatchShape.Rank - EventShape.Rank);
        return HasRSample ? inner.RSample(samples, generator) : inner.Sample(samples, generator);
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => Summed(inner.LogProb(value));

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => inner.Support(value);

    /// <inheritdoc/>
    protected internal override string SupportText => inner.SupportText;

    internal Tensor Summed(Tensor x)
    {
        for (int i = 0; i < dims; i++) x = x.Sum(-1);
        return x;
    }
}
