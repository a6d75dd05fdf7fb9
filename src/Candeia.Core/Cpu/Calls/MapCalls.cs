using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Functions that are written for registers, over tensors of any strides.</summary>
internal static class MapCalls
{
    /// <summary>y = map(a, b), element by element.</summary>
    public static void Run<TMap>(TMap map, Tensor a, Tensor b, Tensor y) where TMap : struct, IMap2 =>
        Numbers.RunFloat(y.DType, new Call<TMap>(map, a, b, y));

    /// <summary>y = map(b, a) over runs of y, a and b: the gradient of an activation, from the gradient of its output and a value.</summary>
    public static void Gradient<TMap>(TMap map, Runs runs, DType dtype) where TMap : struct, IMap2 => Numbers.RunFloat(dtype, new GradientCall<TMap>(map, runs));

    readonly struct GradientCall<TMap>(TMap map, Runs runs) : IFloatCall where TMap : struct, IMap2
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T> => runs.Run(new Turned<T, TMap>(map));
    }

    readonly struct Turned<T, TMap>(TMap map) : IElementwise where T : unmanaged where TMap : struct, IMap2
    {
        public void Run(Block block) => Map.Run(map, block.Input<T>(2), block.Input<T>(1), block.Output<T>());
    }

    readonly struct Call<TMap>(TMap map, Tensor a, Tensor b, Tensor y) : IFloatCall where TMap : struct, IMap2
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(a, b, y);
            using var runs = Runs.Of(y, a, b);
            runs.Run(new Pass<T, TMap>(map));
        }
    }

    readonly struct Pass<T, TMap>(TMap map) : IElementwise where T : unmanaged where TMap : struct, IMap2
    {
        public void Run(Block block) => Map.Run(map, block.Input<T>(1), block.Input<T>(2), block.Output<T>());
    }
}
