using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Layer normalization on the CPU: which rows of the tensors' memory it is about.</summary>
internal static unsafe class LayerNormCalls
{
    /// <summary>Inputs: x and perhaps weight and bias. Outputs: y and perhaps mean and 1 / √(variance + ε) of each row.</summary>
    public static void Forward(int dims, double epsilon, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => Numbers.RunFloat(outputs[0].DType,
        new ForwardCall(dims, epsilon, x[0].Contiguous(), x.Length > 1 ? x[1].Contiguous() : null, x.Length > 1 ? x[2].Contiguous() : null,
            outputs[0], outputs.Length > 1 ? outputs[1] : null, outputs.Length > 1 ? outputs[2] : null));

    /// <summary>Those gradients that have a place. Inputs: gradient, x, mean, 1 / √(variance + ε) and perhaps weight.</summary>
    public static void Gradients(int dims, ReadOnlySpan<Tensor> x, Tensor? dx, Tensor? dw, Tensor? db) => Numbers.RunFloat(x[0].DType,
        new BackwardCall(dims, x[0].Contiguous(), x[1].Contiguous(), x[2].Contiguous(), x[3].Contiguous(), x.Length > 4 ? x[4].Contiguous() : null,
            dx, dw, db));

    static (nint Rows, nint N) Sizes(Tensor x, int dims)
    {
        nint n = (nint)x.Shape.Slice(x.Rank - dims, dims).Numel;
        return (n == 0 ? 0 : (nint)x.Numel / n, n);
    }

    readonly struct ForwardCall(int dims, double epsilon, Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor? mean, Tensor? factor) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (rows, n) = Sizes(x, dims);
            using var p = Pins.Of(x, weight, bias, y, mean, factor);
            RowNorm.Forward(p.At<T>(0), p.At<T>(1), p.At<T>(2), p.At<T>(3), p.At<T>(4), p.At<T>(5), rows, n, epsilon);
        }
    }

    readonly struct BackwardCall(int dims, Tensor grad, Tensor x, Tensor mean, Tensor factor, Tensor? weight, Tensor? dx, Tensor? dw,
        Tensor? db) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (rows, n) = Sizes(x, dims);
            using var p = Pins.Of(x, grad, weight, mean, factor, dx, dw, db);
            RowNorm.Backward(p.At<T>(0), p.At<T>(1), p.At<T>(2), p.At<T>(3), p.At<T>(4), p.At<T>(5), p.At<T>(6), p.At<T>(7), rows, n);
        }
    }
}
