using Candeia.Kernels;

namespace Candeia;

/// <summary>eˣ / Σ eˣ along the last dimension, or the logarithm of that.</summary>
public sealed record SoftmaxOp(bool Logarithm) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        var y = node.Output;
        if (MayUseKernels(grad)) return [y.DType == DType.Float32 ? Gradient<float>(y, grad) : Gradient<double>(y, grad)];
        return [Logarithm ? grad - y.Exp() * grad.Sum([-1], keepDim: true) : y * (grad - (grad * y).Sum([-1], keepDim: true))];
    }

    /// <summary>Applies the op to a tensor of floating-point numbers and at least one dimension.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run(x.Shape, x.DType, x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        if (y.DType == DType.Float32) Compute<float>(x[0].Contiguous(), y);
        else Compute<double>(x[0].Contiguous(), y);
    }

    unsafe void Compute<T>(Tensor x, Tensor y) where T : unmanaged
    {
        var (rows, n) = Rows(x);
        if (Logarithm) Softmax.Log(x.Pointer<T>(), y.Pointer<T>(), rows, n);
        else Softmax.Run(x.Pointer<T>(), y.Pointer<T>(), rows, n);
        GC.KeepAlive(x);
    }

    unsafe Tensor Gradient<T>(Tensor y, Tensor grad) where T : unmanaged
    {
        (y, grad) = (y.Contiguous(), grad.Contiguous());
        var dx = Tensor.Empty(y.Shape, y.DType);
        var (rows, n) = Rows(y);
        if (Logarithm) Softmax.LogGradient(y.Pointer<T>(), grad.Pointer<T>(), dx.Pointer<T>(), rows, n);
        else Softmax.Gradient(y.Pointer<T>(), grad.Pointer<T>(), dx.Pointer<T>(), rows, n);
        GC.KeepAlive(y);
        GC.KeepAlive(grad);
        return dx;
    }

    static (nint Rows, nint N) Rows(Tensor x) => x.Numel == 0 ? (0, 0) : ((nint)(x.Numel / x.Shape[^1]), x.Shape[^1]);
}

public static partial class TensorOps
{
    /// <summary>eˣ / Σ eˣ along a dimension: positive numbers whose sum is 1.</summary>
    public static Tensor Softmax(this Tensor x, int dim) => Along(x, dim, new(Logarithm: false));

    /// <summary>The logarithm of the softmax, without overflow.</summary>
    public static Tensor LogSoftmax(this Tensor x, int dim) => Along(x, dim, new(Logarithm: true));

    static Tensor Along(Tensor x, int dim, SoftmaxOp op)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!x.DType.IsFloatingPoint()) x = x.To(DType.Float32);
        dim = x.Shape.Dim(dim);
        return x.Rank == 0 ? op.Apply(x.Unsqueeze(0)).Squeeze(0) : dim == x.Rank - 1 ? op.Apply(x) : op.Apply(x.Movedim(dim, -1)).Movedim(-1, dim);
    }
}
