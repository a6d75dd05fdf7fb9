using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// The mean and the (biased) variance of each channel of [n, c, …], in float32 of what is only stored. No gradient flows through: <see cref="BatchNormOp"/> counts it.
/// </summary>
public sealed record ChannelMomentsOp : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op to at least one value per channel.</summary>
    public (Tensor Mean, Tensor Variance) Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.DType != x.DType.Wide())                                       // by sums, so that no more than some rows are wide at a time
        {
            using var noGrad = Autograd.NoGrad();
            var (variance, mean) = TensorOps.Moments(x, [0, .. Enumerable.Range(2, x.Rank - 2)], correction: 0, keepDim: false);
            return (mean, variance);
        }
        TensorSpec each = new([x.Shape[1]], x.DType);
        var results = Run([each, each], x);
        return (results[0], results[1]);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        BatchNormCalls.Moments(x[0], outputs[0], outputs[1]);
}
