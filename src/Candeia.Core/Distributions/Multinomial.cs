namespace Candeia.Distributions;

/// <summary>How often each of some classes is drawn, if so many are.</summary>
public sealed class Multinomial : Distribution
{
    readonly Categorical _classes;

    /// <summary>A batch of distributions, by their probabilities or by their logits.</summary>
    /// <param name="totalCount">How many are drawn.</param>
    /// <param name="probs">[batch, classes], at least 0; they are divided by their sum.</param>
    /// <param name="logits">[batch, classes]: logarithms of probabilities, but for a constant.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    /// <exception cref="ArgumentException">Of probs and logits neither is given, or both; or a probability is negative, or all are 0.</exception>
    public Multinomial(int totalCount, Tensor? probs = null, Tensor? logits = null) : this(totalCount, new Categorical(probs, logits))
    {
    }

    Multinomial(int totalCount, Categorical classes) : base(classes.BatchShape, [classes.Probs.Shape[^1]])
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalCount);
        (TotalCount, _classes) = (totalCount, classes);
    }

    /// <summary>How many are drawn.</summary>
    public int TotalCount { get; }

    /// <summary>The probabilities, [batch, classes].</summary>
    public Tensor Probs => _classes.Probs;

    /// <inheritdoc/>
    public override Tensor Mean => Probs * TotalCount;

    /// <inheritdoc/>
    public override Tensor Variance => TotalCount * Probs * (1 - Probs);

    /// <inheritdoc/>
    protected internal override DType DType => _classes.DType;

    /// <summary>Class by class: how many of those that are left are of it, which is a binomial number.</summary>
    protected override Tensor Draw(Shape shape, Generator generator)
    {
        int classes = shape[^1];
        var each = shape.Slice(0, shape.Rank - 1);
        Tensor left = Tensor.Full(each, TotalCount, DType, Probs.Device), rest = Tensor.Ones(each, DType, Probs.Device);
        var counts = new Tensor[classes];
        for (int k = 0; k < classes; k++)
        {
            var p = Probs.Detach().Select(-1, k).Expand(each);
            counts[k] = k == classes - 1 ? left : new Binomial(left, (p / rest.Clamp(min: Finfo.Of(DType).Tiny)).Clamp(0, 1)).Sample(generator: generator);
            left -= counts[k];
            rest -= p;
        }
        return Tensor.Stack(counts, -1);
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value) => (value.Sum(-1) + 1).Lgamma() - (value + 1).Lgamma().Sum(-1) + (value * _classes.Logits).Sum(-1);

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => ((value >= 0) & value.Eq(value.Floor())).All(-1) & value.Sum(-1).Eq(TotalCount);

    /// <inheritdoc/>
    protected internal override string SupportText => $"that are counts with the sum {TotalCount}";
}
