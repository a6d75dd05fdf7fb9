using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Dropout over tensors of any strides.</summary>
internal static class DropoutCalls
{
    /// <summary>y = x·scale where the mask is not 0, and 0 elsewhere.</summary>
    public static void Run(double scale, Tensor x, Tensor mask, Tensor y) => Numbers.RunFloat(y.DType.Wide(), new Call(scale, x, mask, y));

    readonly struct Call(double scale, Tensor x, Tensor mask, Tensor y) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var runs = Runs.Of(y, x, mask);
            runs.Run(new Body<T>(scale));
        }
    }

    readonly unsafe struct Body<T>(double scale) : IElementwise where T : unmanaged
    {
        public void Run(Block block) => Dropout.Run((T*)block.At(1), block.At(2), (T*)block.At(0), block.Count, scale);
    }
}
