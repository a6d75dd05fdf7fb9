using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// log Σ eˣ − x[target] for rows of scores [n, classes] and int64 targets [n]: the negative log of the softmax at the right class, in one pass.
/// </summary>
/// <param name="Ignored">The target whose rows have loss and gradient 0.</param>
internal sealed record CrossEntropyOp(long Ignored) : Op
{
    protected internal override Keeps Keeps => Keeps.Inputs;

    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        Tensor x = node.Inputs[0], target = node.Inputs[1];
        if (!Autograd.Enabled && grad.Device == Device.Cpu)
            return [x.DType == DType.Float32 ? Gradient<float>(x, target, grad) : Gradient<double>(x, target, grad), null];
        var counts = target.Ne(Ignored);
        var right = target.MaskedFill(!counts, 0).OneHot(x.Shape[1]).To(x.DType);
        return [(x.Softmax(1) - right) * (grad * counts.To(grad.DType)).Unsqueeze(1), null];
    }

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor x, Tensor target) => Run([x.Shape[0]], x.DType, x, target);

    protected internal override void Compute(ReadOnlySpan<Tensor> x, Tensor y, Tensor? saved)
    {
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
