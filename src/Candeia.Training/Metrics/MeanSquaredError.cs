namespace Candeia.Training;

/// <summary>The mean of (output − target)².</summary>
public sealed record MeanSquaredError : MeanMetric
{
    /// <inheritdoc/>
    public override string Name => "mse";

    /// <inheritdoc/>
    protected override (Tensor Sum, long Count) Measure(Tensor output, Tensor target)
    {
        var (o, t) = Pairs.Match(nameof(MeanSquaredError), output, target);
        return ((o - t).Square().To(DType.Float64).Sum(), o.Numel);
    }
}
