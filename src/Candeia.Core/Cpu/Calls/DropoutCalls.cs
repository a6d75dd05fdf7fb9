using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Dropout over tensors of any strides.</summary>
internal static unsafe class DropoutCalls
{
    /// <summary>y = x·scale where the mask is not 0, and 0 elsewhere.</summary>
    public static void Run(double scale, Tensor x, Tensor mask, Tensor y) => Numbers.RunFloat(y.DType, new Call(scale, x, mask, y));

    readonly struct Call(double scale, Tensor x, Tensor mask, Tensor y) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(x, mask, y);
            using var runs = Runs.Of([y, x, mask]);
            runs.Run(new Body<T>(scale));
        }
    }

    readonly struct Body<T>(double scale) : IElementwise where T : unmanaged
    {
        public void Run(byte** p, int count) => Dropout.Run((T*)p[1], p[2], (T*)p[0], count, scale);
    }
}
