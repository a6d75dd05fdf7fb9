using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Softmax along the last dimension on the CPU.</summary>
internal static unsafe class SoftmaxCalls
{
    /// <summary>y = eˣ / Σ eˣ, or the logarithm of that.</summary>
    public static void Forward(bool logarithm, Tensor x, Tensor y) => Numbers.RunFloat(y.DType, new Call(logarithm, x.Contiguous(), null, y));

    /// <summary>The gradient of x from that of y.</summary>
    public static void Gradient(bool logarithm, Tensor grad, Tensor y, Tensor dx) =>
        Numbers.RunFloat(y.DType, new Call(logarithm, y.Contiguous(), grad.Contiguous(), dx));

    readonly struct Call(bool logarithm, Tensor x, Tensor? grad, Tensor to) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            nint n = x.Shape[^1], rows = n == 0 ? 0 : (nint)(x.Numel / n);
            using var p = Pins.Of(x, grad, to);
            if (grad is null && logarithm) Softmax.Log(p.At<T>(0), p.At<T>(2), rows, n);
            else if (grad is null) Softmax.Run(p.At<T>(0), p.At<T>(2), rows, n);
            else if (logarithm) Softmax.LogGradient(p.At<T>(0), p.At<T>(1), p.At<T>(2), rows, n);
            else Softmax.Gradient(p.At<T>(0), p.At<T>(1), p.At<T>(2), rows, n);
        }
    }
}
