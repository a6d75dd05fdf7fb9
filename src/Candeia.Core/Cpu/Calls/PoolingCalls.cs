using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Pooling on the CPU: tensors in the order in memory that the kernels need.</summary>
internal static unsafe class PoolingCalls
{
    /// <summary>The mean of each window.</summary>
    public static void Average(PoolShape shape, Tensor x, Tensor y) => Run(Kind.Average, shape, x, y);

    /// <summary>The gradient of x from that of the means.</summary>
    public static void AverageGradient(PoolShape shape, Tensor grad, Tensor dx) => Run(Kind.AverageGradient, shape, grad, dx);

    /// <summary>The greatest of each window, and where it is, if that is asked for.</summary>
    public static void Max(PoolShape shape, Tensor x, Tensor y, Tensor? places) => Run(Kind.Max, shape, x, y, places);

    /// <summary>The gradient of x from that of the greatest.</summary>
    public static void MaxGradient(PoolShape shape, Tensor grad, Tensor places, Tensor dx) =>
        Run(Kind.MaxGradient, shape, grad, dx, places.Contiguous());

    enum Kind { Average, AverageGradient, Max, MaxGradient }

    static void Run(Kind kind, PoolShape shape, Tensor from, Tensor to, Tensor? places = null)
    {
        if (to.Numel > 0) Numbers.RunFloat(to.DType, new Call(kind, shape, from.ChannelsLast(), to, places));
    }

    readonly struct Call(Kind kind, PoolShape shape, Tensor from, Tensor to, Tensor? places) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(from, to, places);
            T* x = p.At<T>(0), y = p.At<T>(1);
            long* at = p.At<long>(2);
            if (kind == Kind.Average) Pooling.AverageForward(shape, x, y);
            else if (kind == Kind.AverageGradient) Pooling.AverageBackward(shape, x, y);
            else if (kind == Kind.Max) Pooling.MaxForward(shape, x, y, at);
            else Pooling.MaxBackward(shape, x, at, y);
        }
    }
}
