using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// log Σ eˣ − x[target] for rows of scores [n, classes] and int64 targets [n]: the negative log of the softmax at the right class, in one pass.
/// </summary>
/// <param name="Ignored">The target whose rows have loss and gradient 0.</param>
public sealed record CrossEntropyOp(long Ignored) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>In one pass where nobody differentiates it again; else by operations that have derivatives themselves.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        Tensor x = node.Inputs[0], target = node.Inputs[1];
        if (MayUseKernels(grad))
            return [x.DType == DType.Float32 ? Gradient<float>(x, target, grad) : Gradient<double>(x, target, grad), null];
        var counts = target.Ne(Ignored);
        var right = target.MaskedFill(!counts, 0).OneHot(x.Shape[1]).To(x.DType);
        return [(x.Softmax(1) - right) * (grad * counts.To(grad.DType)).Unsqueeze(1), null];
    }

    /// <summary>Applies the op.</summary>
    /// <exception cref="ShapeException">The scores are no matrix, or the targets no vector of as many rows.</exception>
    public Tensor Apply(Tensor x, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(target);
        if (x.Rank != 2 || target.Rank != 1 || target.Shape[0] != x.Shape[0])
            throw new ShapeException($"{Name} takes scores [n, classes] and targets [n], not {x.Shape} and {target.Shape}.");
        if (!x.DType.IsFloatingPoint() || target.DType != DType.Int64)
            throw new ArgumentException($"{Name} takes floating-point scores and int64 targets, not {x.DType} and {target.DType}; convert with To(dtype).");
        return Run([x.Shape[0]], x.DType, x, target);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        if (y.DType == DType.Float32) Compute<float>(x, y);
        else Compute<double>(x, y);
    }

    unsafe void Compute<T>(ReadOnlySpan<Tensor> x, Tensor y) where T : unmanaged
    {
        Tensor scores = x[0].Contiguous(), target = x[1].Contiguous();
        CrossEntropy.Run(scores.Pointer<T>(), target.Pointer<long>(), y.Pointer<T>(), scores.Shape[0], scores.Shape[1], Ignored);
        GC.KeepAlive(scores);
        GC.KeepAlive(target);
    }

    unsafe Tensor Gradient<T>(Tensor x, Tensor target, Tensor grad) where T : unmanaged
    {
        (x, target, grad) = (x.Contiguous(), target.Contiguous(), grad.Contiguous());
        var dx = Tensor.Empty(x.Shape, x.DType);
        CrossEntropy.Gradient(x.Pointer<T>(), target.Pointer<long>(), grad.Pointer<T>(), dx.Pointer<T>(), x.Shape[0], x.Shape[1], Ignored);
        GC.KeepAlive(x);
        GC.KeepAlive(target);
        GC.KeepAlive(grad);
        return dx;
    }
}
