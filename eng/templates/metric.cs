namespace Candeia.Training;

/// <summary>The mean of output − target: above 0 where the model says too much.</summary>
public sealed record NAME : MeanMetric
{
    /// <inheritdoc/>
    public override string Name => "SNAKE";

    /// <inheritdoc/>
    protected override (Tensor Sum, long Count) Measure(Tensor output, Tensor target)
    {
        var (o, t) = Pairs.Match(nameof(NAME), output, target);
        return ((o - t).To(DType.Float64).Sum(), o.Numel);
    }
}
