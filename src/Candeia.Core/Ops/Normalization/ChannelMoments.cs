using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// The mean and the (biased) variance of each channel of [n, c, …], as [2, c]. No gradient flows through: <see cref="BatchNormOp"/> counts it.
/// </summary>
public sealed record ChannelMomentsOp : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op to at least one value per channel.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run([2, x.Shape[1]], x.DType, x);
    }

    /// <inheritdoc/>
    protected internal override unsafe void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        var rows = BatchNormOp.Rows(x[0]);
        nint channels = y.Shape[1], count = (nint)(rows.Numel / channels);
        if (y.DType == DType.Float32) ChannelNorm.Moments(rows.Pointer<float>(), y.Pointer<float>(), y.Pointer<float>() + channels, count, channels);
        else ChannelNorm.Moments(rows.Pointer<double>(), y.Pointer<double>(), y.Pointer<double>() + channels, count, channels);
        GC.KeepAlive(rows);
    }
}
