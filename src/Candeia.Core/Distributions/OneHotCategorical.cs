namespace Candeia.Distributions;

/// <summary>One of some classes, each with its probability, as a vector that is 1 there and 0 elsewhere.</summary>
public sealed class OneHotCategorical : Distribution
{
    /// <summary>A batch of distributions, by their probabilities or by their logits.</summary>
    /// <param name="probs">[batch, classes], at least 0; they are divided by their sum.</param>
    /// <param name="logits">[batch, classes]: logarithms of probabilities, but for a constant.</param>
    /// <exception cref="ArgumentException">Neither is given, or both; or a probability is negative, or all are 0.</exception>
    public OneHotCategorical(Tensor? probs = null, Tensor? logits = null) : this(new Categorical(probs, logits))
    {
    }

    OneHotCategorical(Categorical classes) : base(classes.BatchShape, [classes.Probs.Shape[^1]]) => Classes = classes;

    /// <summary>The same classes as numbers.</summary>
    public Categorical Classes { get; }

    /// <inheritdoc/>
    public override Tensor Mean => Classes.Probs;

    /// <inheritdoc/>
    public override Tensor Variance => Classes.Probs * (1 - Classes.Probs);

    /// <inheritdoc/>
    protected internal override DType DType => Classes.DType;

    /// <inheritdoc/>
    public override Tensor Entropy() => Classes.Entropy();

    /// <inheritdoc/>
    protected override Tensor Draw(Shape shape, Generator generator)
    {
        int leading = shape.Rank - 1 - BatchShape.Rank;
        return Classes.Sample(shape.Slice(0, leading), generator).OneHot(shape[^1]).To(DType);
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => Classes.LogProb(value.ArgMax(-1));

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => (value.Eq(0) | value.Eq(1)).All(-1) & value.Sum(-1).Eq(1);

    /// <inheritdoc/>
    protected internal override string SupportText => "that are 1 in one place and 0 in all others";
}
