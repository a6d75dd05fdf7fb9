using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// A convolution, then perhaps ReLU, then perhaps pooling by 2, in one pass; for the backward pass one bit per element tells where the gradient flows.
/// In inference a batch normalization may come first, whose inputs follow those of the convolution: it scales the weights as they are packed.
/// </summary>
public sealed record FusedConv2dOp(Conv2dOp Conv) : Op
{
    /// <summary>The normalization by running moments that follows the convolution, if any.</summary>
    public BatchNormOp? Norm { get; init; }

    /// <summary>Whether negative results become 0.</summary>
    public bool Relu { get; init; }

    /// <summary>The pooling of 2×2 pixels that follows, if any.</summary>
    public ConvPool Pool { get; init; }

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Relu && Pool == ConvPool.None ? Keeps.Inputs | Keeps.Output : Keeps.Inputs;

    /// <inheritdoc/>
    internal override bool IsHostBackward => true;

    /// <inheritdoc/>
    internal override bool IsForInference => Norm is not null;

    /// <inheritdoc/>
    protected internal override Op? Absorb(Op next) => next switch
    {
        BatchNormOp { OfBatch: false } norm when Norm is null && !Relu && Pool == ConvPool.None => this with { Norm = norm },
        ReluOp when !Relu && Pool == ConvPool.None => this with { Relu = true },
        AvgPool2dOp { IsHalving: true } when Pool == ConvPool.None => this with { Pool = ConvPool.Average },
        MaxPool2dOp { IsHalving: true } when Pool == ConvPool.None => this with { Pool = ConvPool.Max },
        _ => null,
    };

    /// <inheritdoc/>
    protected internal override TensorSpec[] Saves(ReadOnlySpan<Tensor> x)
    {
        if (Pool == ConvPool.None) return [];
        var shape = Conv.Geometry.On(x[0].Shape, x[1].Shape);
        long bytes = x[0].DType == DType.Float32 ? Convolution.MaskBytes<float>(shape) : Convolution.MaskBytes<double>(shape);
        return [new([checked((int)bytes)], DType.UInt8)];
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => Conv2dGradients.OnePass(Conv.Geometry, node, grad, Relu && Pool == ConvPool.None ? node.Output : null, Pool, node.Saved.Length > 0 ? node.Saved[0] : null);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        if (y.DType == DType.Float32) Run<float>(x, y, outputs.Length > 1 ? outputs[1] : null);
        else Run<double>(x, y, outputs.Length > 1 ? outputs[1] : null);
    }

    unsafe void Run<T>(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor? saved) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (y.Numel == 0) return;
        int own = Norm is null ? inputs.Length : 2 + inputs.Length % 2;      // inputs of the convolution; a normalization has 2 or 4 of its own
        Tensor x = inputs[0].ChannelsLast(), weight = inputs[1].Contiguous();
        var bias = own > 2 ? inputs[2].Contiguous() : null;
        var (scale, shift) = Norm is null ? (null, null) : Fold<T>(Norm, bias, inputs[own..]);
        fixed (T* scales = scale, shifts = shift)
            Convolution.Forward(Conv.Geometry.On(x.Shape, weight.Shape), x.Pointer<T>(), weight.Pointer<T>(), Norm is not null ? shifts : bias is null ? null : bias.Pointer<T>(),
                y.Pointer<T>(), Relu, Pool, saved is null ? null : saved.Pointer<byte>(), scales);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
    }

    /// <summary>The scale of each output channel, and a bias in which the convolution's own, the mean and the normalization's are one.</summary>
    static (T[] Scale, T[] Shift) Fold<T>(BatchNormOp norm, Tensor? bias, ReadOnlySpan<Tensor> inputs) where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] scale = norm.Scale<T>(inputs), mean = inputs[0].ToArray<T>(), shift = inputs.Length > 2 ? inputs[3].ToArray<T>() : new T[scale.Length];
        T[]? before = bias?.ToArray<T>();
        for (int i = 0; i < scale.Length; i++) shift[i] += ((before is null ? T.Zero : before[i]) - mean[i]) * scale[i];
        return (scale, shift);
    }
}
