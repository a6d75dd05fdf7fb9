using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Windows of any size over planes on the CPU.</summary>
internal static unsafe class WindowCalls
{
    /// <summary>Where the greatest of each window is.</summary>
    public static void Places(Size3d step, Tensor x, Tensor begins, Tensor ends, Tensor places)
    {
        if (places.Numel > 0) Numbers.RunReal(x.DType, new Call(step, x.Contiguous(), begins.Contiguous(), ends.Contiguous(), places));
    }

    readonly struct Call(Size3d step, Tensor x, Tensor begins, Tensor ends, Tensor places) : IRealCall
    {
        public void Run<T>() where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            using var p = Pins.Of(x, begins, ends, places);
            Size3d size = (x.Shape[1], x.Shape[2], x.Shape[3]), windows = (places.Shape[1], places.Shape[2], places.Shape[3]);
            new GreatestOfWindows<T>(size, windows, step, begins.Shape[0] > 1, p.At<T>(0), p.At<long>(1), p.At<long>(2), p.At<long>(3)).Go(x.Shape[0]);
        }
    }
}
