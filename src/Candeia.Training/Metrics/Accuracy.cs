namespace Candeia.Training;

/// <summary>The share of samples whose class is predicted: outputs are scores per class [n, classes], targets class indices [n].</summary>
public sealed record Accuracy : MeanMetric
{
    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    protected override (double Sum, long Count) Measure(Tensor output, Tensor target)
    {
        if (output.Rank != 2 || target.Rank != 1 || output.Shape[0] != target.Shape[0])
            throw new ShapeException($"{nameof(Accuracy)} compares scores [n, classes] with class indices [n], not {output.Shape} with {target.Shape}.");
        return ((double)output.ArgMax(1).Eq(target.To(DType.Int64)).Sum(), target.Numel);
    }
}
