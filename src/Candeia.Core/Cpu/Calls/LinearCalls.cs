using System.Numerics;

namespace Candeia.Kernels;

/// <summary>The linear layer on the CPU: which product of the tensors' memory it is.</summary>
internal static unsafe class LinearCalls
{
    /// <summary>y = x·weightᵀ + bias, and zero where that is negative if asked.</summary>
    public static void Forward(Tensor x, Tensor weight, Tensor? bias, Tensor y, bool relu) =>
        Numbers.RunFloat(y.DType, new ForwardCall(x, weight, bias?.Contiguous(), y, relu));

    /// <summary>Those gradients that have a place.</summary>
    public static void Gradients(Tensor grad, Tensor x, Tensor weight, Tensor? dx, Tensor? dw, Tensor? db) =>
        Numbers.RunFloat(grad.DType, new BackwardCall(grad.Contiguous(), x, weight, dx, dw, db));

    readonly struct ForwardCall(Tensor x, Tensor weight, Tensor? bias, Tensor y, bool relu) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(x, weight, bias, y);
            Gemm.Run<T>(new()
            {
                M = y.Shape[0], N = y.Shape[1], K = x.Shape[1], C = p.At<T>(3), CRow = y.Shape[1], Bias = p.At<T>(2), Relu = relu,
                A = p.At<T>(0), ARow = (nint)x.Layout.Strides[0], AStep = (nint)x.Layout.Strides[1],
                B = p.At<T>(1), BStep = (nint)weight.Layout.Strides[1], BColumn = (nint)weight.Layout.Strides[0],
            });
        }
    }

    readonly struct BackwardCall(Tensor grad, Tensor x, Tensor weight, Tensor? dx, Tensor? dw, Tensor? db) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            int rows = x.Shape[0], inputs = x.Shape[1], outputs = weight.Shape[0];
            using var p = Pins.Of(grad, x, weight, dx, dw, db);
            if (grad.Numel == 0)                                             // sums of nothing
            {
                if (dx is not null) new Span<T>(p.At<T>(3), checked((int)dx.Numel)).Clear();
                if (dw is not null) new Span<T>(p.At<T>(4), checked((int)dw.Numel)).Clear();
                if (db is not null) new Span<T>(p.At<T>(5), checked((int)db.Numel)).Clear();
                return;
            }
            if (dx is not null)
                Gemm.Run<T>(new()
                {
                    M = rows, N = inputs, K = outputs, A = p.At<T>(0), ARow = outputs, AStep = 1, C = p.At<T>(3), CRow = inputs,
                    B = p.At<T>(2), BStep = (nint)weight.Layout.Strides[0], BColumn = (nint)weight.Layout.Strides[1],
                });
            if (dw is not null)
                Gemm.Run<T>(new()
                {
                    M = outputs, N = inputs, K = rows, A = p.At<T>(0), ARow = 1, AStep = outputs, C = p.At<T>(4), CRow = inputs,
                    B = p.At<T>(1), BStep = (nint)x.Layout.Strides[0], BColumn = (nint)x.Layout.Strides[1],
                });
            if (db is not null) Reduce.Sum(p.At<T>(0), p.At<T>(5), 1, rows, outputs);
        }
    }
}
