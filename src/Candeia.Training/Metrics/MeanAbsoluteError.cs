namespace Candeia.Training;

/// <summary>The mean of |output − target|.</summary>
public sealed record MeanAbsoluteError : MeanMetric
{
    /// <inheritdoc/>
    public override string Name => "mae";

    /// <inheritdoc/>
    protected override (Tensor Sum, long Count) Measure(Tensor output, Tensor target)
    {
        var (o, t) = Pairs.Match(nameof(MeanAbsoluteError), output, target);
        return ((o - t).Abs().To(DType.Float64).Sum(), o.Numel);
    }
}
