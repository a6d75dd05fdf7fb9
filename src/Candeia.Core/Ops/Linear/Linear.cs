using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>x·Wᵀ + b, and perhaps ReLU, in one pass. Inputs: x [rows, in], weight [out, in] and, if there is one, bias [out].</summary>
public sealed record LinearOp(bool Relu = false) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Relu ? Keeps.Inputs | Keeps.Output : Keeps.Inputs;

    /// <inheritdoc/>
    protected internal override bool Defers => true;

    /// <inheritdoc/>
    protected internal override Op? Absorb(Op next) => next is ReluOp && !Relu ? this with { Relu = true } : null;

    /// <summary>By the kernels where nobody differentiates it again; else by operations that have derivatives themselves.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        Tensor x = node.Inputs[0], weight = node.Inputs[1];
        if (Relu) grad = new ReluGradientOp().Apply(grad, node.Output);
        if (MayUseKernels(grad) && grad.Numel > 0 && x.Numel > 0)
            return grad.DType == DType.Float32 ? Gradients<float>(node, grad.Contiguous()) : Gradients<double>(node, grad.Contiguous());
        Tensor?[] gradients =
        [
            node.Needs(0) ? grad.MatMul(weight) : null,
            node.Needs(1) ? grad.T().MatMul(x) : null,
            node.Inputs.Length > 2 && node.Needs(2) ? grad.Sum(0) : null,
        ];
        return gradients[..node.Inputs.Length];
    }

    static unsafe Tensor?[] Gradients<T>(Node node, Tensor grad) where T : unmanaged, INumber<T>
    {
        Tensor x = node.Inputs[0], weight = node.Inputs[1];
        int rows = x.Shape[0], inputs = x.Shape[1], outputs = weight.Shape[0];
        var gradients = new Tensor?[node.Inputs.Length];
        if (node.Needs(0))
        {
            var dx = gradients[0] = Device.Cpu.Empty(x.Layout.RowMajor(), x.DType);
            Gemm.Run<T>(new()
            {
                M = rows, N = inputs, K = outputs, A = grad.Pointer<T>(), ARow = outputs, AStep = 1, C = dx.Pointer<T>(), CRow = inputs,
                B = weight.Pointer<T>(), BStep = (nint)weight.Layout.Strides[0], BColumn = (nint)weight.Layout.Strides[1],
            });
        }
        if (node.Needs(1))
        {
            var dw = gradients[1] = Device.Cpu.Empty(weight.Layout.RowMajor(), x.DType);
            Gemm.Run<T>(new()
            {
                M = outputs, N = inputs, K = rows, A = grad.Pointer<T>(), ARow = 1, AStep = outputs, C = dw.Pointer<T>(), CRow = inputs,
                B = x.Pointer<T>(), BStep = (nint)x.Layout.Strides[0], BColumn = (nint)x.Layout.Strides[1],
            });
        }
        if (gradients.Length > 2 && node.Needs(2))
        {
            var db = gradients[2] = Device.Cpu.Empty(node.Inputs[2].Layout.RowMajor(), x.DType);
            Reduce.Sum(grad.Pointer<T>(), db.Pointer<T>(), 1, rows, outputs);
        }
        GC.KeepAlive(grad);
        return gradients;
    }

    /// <summary>Applies the op to a matrix.</summary>
    public Tensor Apply(Tensor x, Tensor weight, Tensor? bias)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        Shape shape = [x.Shape[0], weight.Shape[0]];
        return bias is null ? Run(shape, x.DType, x, weight) : Run(shape, x.DType, x, weight, bias);
    }

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(ReadOnlySpan<Tensor> x, Shape y) => y.Numel * x[1].Shape[1];

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var y = outputs[0];
        var bias = x.Length > 2 ? x[2].Contiguous() : null;
        if (y.DType == DType.Float32) Multiply<float>(x[0], x[1], bias, y);
        else Multiply<double>(x[0], x[1], bias, y);
        GC.KeepAlive(bias);
    }

    unsafe void Multiply<T>(Tensor x, Tensor weight, Tensor? bias, Tensor y) where T : unmanaged => Gemm.Run<T>(new()
    {
        M = y.Shape[0], N = y.Shape[1], K = x.Shape[1],
        A = x.Pointer<T>(), ARow = (nint)x.Layout.Strides[0], AStep = (nint)x.Layout.Strides[1],
        B = weight.Pointer<T>(), BStep = (nint)weight.Layout.Strides[1], BColumn = (nint)weight.Layout.Strides[0],
        C = y.Pointer<T>(), CRow = y.Shape[1],
        Bias = bias is null ? null : bias.Pointer<T>(),
        Relu = Relu,
    });
}

public static partial class TensorOps
{
    /// <summary>x·Wᵀ + b: [.., in] with a weight [out, in] and a bias [out] gives [.., out].</summary>
    /// <exception cref="ShapeException">The last size of the input is not the weight's, or the bias does not fit.</exception>
    public static Tensor Linear(this Tensor x, Tensor weight, Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Rank != 2) throw new ShapeException($"A linear layer needs a weight [out, in], not {weight.Shape}.");
        if (x.Rank == 0 || x.Shape[^1] != weight.Shape[1])
            throw new ShapeException($"A linear layer with {weight.Shape[1]} inputs cannot take {x.Shape}: its last size must be {weight.Shape[1]}.");
        if (bias is not null && bias.Shape != [weight.Shape[0]]) throw new ShapeException($"The bias {bias.Shape} must have one number per output: [{weight.Shape[0]}].");
        if (!x.DType.IsFloatingPoint() || weight.DType != x.DType || (bias is not null && bias.DType != x.DType))
            throw new ArgumentException($"Linear needs input, weight and bias of one floating-point type, not {x.DType} and {weight.DType}.");
        if (x.Rank == 2) return new LinearOp().Apply(x, weight, bias);
        var y = new LinearOp().Apply(x.Reshape(-1, weight.Shape[1]), weight, bias);
        return y.Reshape([.. x.Shape.Sizes[..^1], weight.Shape[0]]);
    }
}
