namespace Candeia.Distributions;

/// <summary>One of some classes, 0, 1, …, each with its probability.</summary>
public sealed class Categorical : Distribution
{
    /// <summary>A batch of distributions, by their probabilities or by their logits.</summary>
    /// <param name="probs">[batch, classes], at least 0; they are divided by their sum.</param>
    /// <param name="logits">[batch, classes]: logarithms of probabilities, but for a constant.</param>
    /// <exception cref="ArgumentException">Neither is given, or both; or a probability is negative, or all are 0.</exception>
    public Categorical(Tensor? probs = null, Tensor? logits = null) : this(Weights(probs, logits))
    {
    }

    Categorical((Tensor Probs, Tensor Logits) p) : base(p.Probs.Shape.Slice(0, p.Probs.Rank - 1), []) => (Probs, Logits) = p;

    /// <summary>The probabilities, [batch, classes].</summary>
    public Tensor Probs { get; }

    /// <summary>Their logarithms, [batch, classes].</summary>
    public Tensor Logits { get; }

    /// <summary>Not a number: classes have no mean.</summary>
    public override Tensor Mean => Tensor.Full(BatchShape, double.NaN, DType, Probs.Device);

    /// <summary>Not a number: classes have no variance.</summary>
    public override Tensor Variance => Mean;

    /// <inheritdoc/>
    protected internal override DType DType => Probs.DType;

    /// <inheritdoc/>
    public override Tensor Entropy() => -(Logits.Clamp(min: -Finfo.Of(DType).Max) * Probs).Sum(-1);

    internal static (Tensor Probs, Tensor Logits) Weights(Tensor? probs, Tensor? logits)
    {
        if (!Parameters.IsFirst(probs, logits, "probs", "logits"))
        {
            logits = Classes(Parameters.One(logits!));
            logits -= logits.LogSumExp([-1], keepDim: true);
            return (logits.Exp(), logits);
        }
        var p = Classes(Parameters.One(probs!));
        Parameters.Check(p, (p.Detach() >= 0) & (p.Detach().Sum([-1], keepDim: true) > 0), nameof(probs), "at least 0, and one of them more");
        p /= p.Sum([-1], keepDim: true);
        double eps = Finfo.Of(p.DType).Eps;
        return (p, p.Clamp(eps, 1 - eps).Log());
    }

    static Tensor Classes(Tensor x) => x.Rank > 0 && x.Shape[^1] > 0 ? x : throw new ShapeException($"Classes are the last dimension of probabilities, [batch, classes], not {x.Shape}.");

    /// <summary>The number of classes that a uniform number has passed, as int64.</summary>
    protected override Tensor Draw(Shape shape, Generator generator)
    {
        var sums = Probs.Detach().To(DType.Float64).Cumsum(-1);
        var u = Tensor.Rand(shape, DType.Float64, generator, Probs.Device).Unsqueeze(-1) * sums.Narrow(-1, sums.Shape[^1] - 1, 1);
        return (sums <= u).Sum(-1).Minimum(Tensor.Scalar(Probs.Shape[^1] - 1L, DType.Int64, Probs.Device));
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value)
    {
        var index = value.To(DType.Int64).Unsqueeze(-1);
        int classes = Probs.Shape[^1];
        var batch = Shape.Broadcast(index.Shape.Slice(0, index.Rank - 1), BatchShape);
        return Logits.Expand([.. batch.Sizes, classes]).Gather(-1, index.Expand([.. batch.Sizes, 1])).Squeeze(-1);
    }

    /// <inheritdoc/>
    protected internal override Tensor Support(Tensor value) => (value >= 0) & (value < Probs.Shape[^1]) & value.To(DType.Float64).Eq(value.To(DType.Float64).Floor());

    /// <inheritdoc/>
    protected internal override string SupportText => $"that are classes, 0 to {Probs.Shape[^1] - 1}";
}
