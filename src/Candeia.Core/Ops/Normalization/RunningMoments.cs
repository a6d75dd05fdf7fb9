using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// Moves running moments [c] in place towards those of a batch: r ← (1 − momentum)·r + momentum·m for the mean, and for the variance likewise, by the
/// unbiased one. Inputs: mean and (biased) variance of the batch; targets: running mean and variance.
/// </summary>
/// <param name="Momentum">The weight of this batch.</param>
/// <param name="Count">How many numbers of each channel the batch has.</param>
public sealed record RunningMomentsOp(double Momentum, long Count) : UpdateOp
{
    /// <summary>Applies the op.</summary>
    public void Apply(Tensor runningMean, Tensor runningVariance, Tensor mean, Tensor variance) =>
        RunInto([runningMean, runningVariance], mean, variance);

    /// <inheritdoc/>
    protected internal override Tensor[] Compose(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> targets) =>
    [
        targets[0] * (1 - Momentum) + x[0] * Momentum,
        targets[1] * (1 - Momentum) + x[1] * (Momentum * Count / (Count - 1)),
    ];

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        MapCalls.Run(new BlendMap(1 - Momentum, Momentum), x[0], outputs[0], outputs[0]);
        MapCalls.Run(new BlendMap(1 - Momentum, Momentum * Count / (Count - 1)), x[1], outputs[1], outputs[1]);
    }
}
