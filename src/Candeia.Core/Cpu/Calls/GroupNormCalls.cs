using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Group normalization on the CPU: which samples of the tensors' memory it is about.</summary>
internal static unsafe class GroupNormCalls
{
    /// <summary>
    /// Inputs: x and perhaps weight and bias. Outputs: y and perhaps, for each sample and channel, mean and 1 / √(variance + ε) of the group.
    /// </summary>
    public static void Forward(int groups, double epsilon, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        if (outputs[0].Numel == 0) return;
        Numbers.RunFloat(outputs[0].DType, new ForwardCall(SizesOf(x[0], groups), epsilon, BatchNormCalls.Rows(x[0]),
            x.Length > 1 ? x[1].Contiguous() : null, x.Length > 1 ? x[2].Contiguous() : null,
            outputs[0], outputs.Length > 1 ? outputs[1] : null, outputs.Length > 1 ? outputs[2] : null));
    }

    /// <summary>Those gradients that have a place. Inputs: gradient, x, mean, 1 / √(variance + ε) and perhaps weight.</summary>
    public static void Gradients(int groups, ReadOnlySpan<Tensor> x, Tensor? dx, Tensor? dw, Tensor? db) =>
        Numbers.RunFloat(x[0].DType, new BackwardCall(
        groups, BatchNormCalls.Rows(x[0]), BatchNormCalls.Rows(x[1]), x[2].Contiguous(), x[3].Contiguous(), x.Length > 4 ? x[4].Contiguous() : null,
            dx, dw, db));

    static GroupNorm.Sizes SizesOf(Tensor x, int groups) => new(x.Shape[0], (nint)x.Numel / x.Shape[0] / x.Shape[1], x.Shape[1], x.Shape[1] / groups);

    readonly struct ForwardCall(
        GroupNorm.Sizes sizes, double epsilon, Tensor x, Tensor? weight, Tensor? bias, Tensor y, Tensor? mean, Tensor? factor) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(x, weight, bias, y, mean, factor);
            GroupNorm.Forward(sizes, epsilon, p.At<T>(0), p.At<T>(1), p.At<T>(2), p.At<T>(3), p.At<T>(4), p.At<T>(5));
        }
    }

    readonly struct BackwardCall(int groups, Tensor grad, Tensor x, Tensor mean, Tensor factor, Tensor? weight, Tensor? dx, Tensor? dw,
        Tensor? db) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(x, grad, weight, mean, factor, dx, dw, db);
            T* toWeight = p.At<T>(6), toBias = p.At<T>(7);
            if (grad.Numel > 0)
                GroupNorm.Backward(SizesOf(x, groups), p.At<T>(0), p.At<T>(1), p.At<T>(2), p.At<T>(3), p.At<T>(4), p.At<T>(5), toWeight, toBias);
            else
            {
                if (toWeight != null) new Span<T>(toWeight, x.Shape[1]).Clear();
                if (toBias != null) new Span<T>(toBias, x.Shape[1]).Clear();
            }
        }
    }
}
