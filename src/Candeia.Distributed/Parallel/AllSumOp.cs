namespace Candeia.Distributed;

/// <summary>
/// A tensor added up over the shares of a batch. The gradient is what the losses of all shares want of it, each weighted by its samples, as they will
/// be when gradients are summed.
/// </summary>
/// <param name="Line">How the ranks talk.</param>
/// <param name="Counts">Whether this rank's share is one; a rank that has none computes along, and adds nothing.</param>
/// <param name="Weight">By what this rank's gradients will be multiplied.</param>
internal sealed record AllSumOp(Line Line, bool Counts, double Weight) : Op
{
    public Tensor Apply(Tensor x) => Run(x.Shape, x.DType, x);

    /// <inheritdoc/>
    protected override Tensor?[] Backward(Node node, Tensor grad)
    {
        var wanted = (this with { Weight = 1 }).Apply(grad * Weight);        // what does not count here adds nothing
        return [Counts ? wanted / Weight : Tensor.ZerosLike(grad)];
    }

    /// <inheritdoc/>
    protected override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        double[] values = Counts ? x[0].ToArray<double>() : new double[x[0].Numel];
        int ranks = Line.Ranks.Size, padded = (values.Length + ranks - 1) / ranks * ranks;
        var (all, result) = (new double[padded], outputs[0]);
        values.CopyTo(all, 0);
        Line.Watchdog.While("the moments of batch normalization", () => OrderedSum.Over(Line.Ranks, all, new double[padded]));
        result.CopyFrom(Tensor.From<double>(all.AsSpan(0, values.Length), result.Shape).To(result.DType));
    }
}
