namespace Candeia.Distributions;

/// <summary>A mixture: one of some distributions of a kind is chosen, and a value drawn from it.</summary>
public sealed class MixtureSameFamily : Distribution
{
    readonly Categorical _mixture;
    readonly Distribution _components;

    /// <summary>A batch of mixtures.</summary>
    /// <param name="mixture">How likely each distribution is: the last dimension of its probabilities counts them.</param>
    /// <param name="components">The distributions, counted by the last of their batch dimensions.</param>
    /// <exception cref="ShapeException">There are not as many distributions as probabilities.</exception>
    public MixtureSameFamily(Categorical mixture, Distribution components) : base(Fit(mixture, components), components.EventShape) => (_mixture, _components) = (mixture, components);

    static Shape Fit(Categorical mixture, Distribution components)
    {
        ArgumentNullException.ThrowIfNull(mixture);
        ArgumentNullException.ThrowIfNull(components);
        var batch = components.BatchShape;
        if (batch.Rank == 0 || mixture.Probs.Shape[^1] != batch[^1]) throw new ShapeException($"A mixture of {mixture.Probs.Shape[^1]} needs so many distributions in the last batch dimension, not {batch}.");
        return batch.Slice(0, batch.Rank - 1);
    }

    /// <inheritdoc/>
    public override Tensor Mean => Weighted(_components.Mean);

    /// <inheritdoc/>
    public override Tensor Variance => Weighted(_components.Variance) + Weighted((_components.Mean - Mean.Unsqueeze(At)).Square());

    /// <inheritdoc/>
    protected internal override DType DType => _components.DType;

    /// <summary>The dimension of the distributions, counted from the end.</summary>
    int At => -1 - EventShape.Rank;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => (_components.Cdf(Taken(value).Unsqueeze(At)) * _mixture.Probs).Sum(-1);

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator)
    {
        var samples = shape.Slice(0, shape.Rank - BatchShape.Rank - EventShape.Rank);
        int count = _components.BatchShape[^1];
        var all = _components.Sample(samples, generator);                    // [samples, batch, count, event]
        var chosen = Chosen(samples, generator).OneHot(count).To(DType.Bool);
        for (int i = 0; i < EventShape.Rank; i++) chosen = chosen.Unsqueeze(-1);
        return chosen.Where(all, 0).Sum(At).To(all.DType);
    }

    Tensor Chosen(Shape samples, Generator generator) => _mixture.BatchShape == BatchShape ? _mixture.Sample(samples, generator)
        : _mixture.Sample(Shape.Create([.. samples.Sizes, .. BatchShape.Sizes]), generator);

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => (_components.LogProb(value.Unsqueeze(At)) + _mixture.Logits).LogSumExp([-1]);

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => _components.Support(value.Unsqueeze(At));

    /// <inheritdoc/>
    protected internal override string SupportText => _components.SupportText;

    Tensor Weighted(Tensor x)
    {
        var weights = _mixture.Probs;
        for (int i = 0; i < EventShape.Rank; i++) weights = weights.Unsqueeze(-1);
        return (weights * x).Sum(At);
    }
}
