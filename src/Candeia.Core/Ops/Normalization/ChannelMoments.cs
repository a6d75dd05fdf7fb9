using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// The mean and the (biased) variance of each channel of [n, c, …]. No gradient flows through: <see cref="BatchNormOp"/> counts it.
/// </summary>
public sealed record ChannelMomentsOp : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op to at least one value per channel.</summary>
    public (Tensor Mean, Tensor Variance) Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        TensorSpec each = new([x.Shape[1]], x.DType);
        var results = Run([each, each], x);
        return (results[0], results[1]);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        BatchNormCalls.Moments(x[0], outputs[0], outputs[1]);
}
