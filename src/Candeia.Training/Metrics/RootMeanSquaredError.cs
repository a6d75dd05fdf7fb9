namespace Candeia.Training;

/// <summary>The root of the mean of (output − target)².</summary>
public sealed record RootMeanSquaredError : MeanMetric
{
    /// <inheritdoc/>
    public override string Name => "rmse";

    /// <inheritdoc/>
    protected override (Tensor Sum, long Count) Measure(Tensor output, Tensor target)
    {
        var (o, t) = Pairs.Match(nameof(RootMeanSquaredError), output, target);
        return ((o - t).Square().To(DType.Float64).Sum(), o.Numel);
    }

    /// <inheritdoc/>
    protected override double Finish(double mean) => Math.Sqrt(mean);
}
