using System.Numerics;

namespace Candeia.Kernels;

/// <summary>Resampling along a dimension: tensors as [outer, n, inner] in the order of their memory.</summary>
internal static unsafe class ResampleCalls
{
    public static void Run(int dim, Taps taps, Tensor x, Tensor y)
    {
        if (y.Numel == 0) return;
        bool last = y.Layout.IsChannelsLast && !y.Layout.IsContiguous;
        long inner = last ? y.Shape[1] : 1;
        for (int d = dim + 1; d < y.Rank; d++) if (!last || d != 1) inner *= y.Shape[d];
        if (last && dim == 1) inner = 1;
        Numbers.RunFloat(y.DType, new Call(taps, last ? x.ChannelsLast() : x.Contiguous(), y, (nint)inner));
    }

    readonly struct Call(Taps taps, Tensor x, Tensor y, nint inner) : IFloatCall
    {
        public void Run<T>() where T : unmanaged, IFloatingPointIeee754<T>
        {
            using var p = Pins.Of(x, y);
            using var scratch = Scratch.Rent(taps.Weights.Length * sizeof(T));
            T* weights = (T*)scratch.Pointer;
            for (int i = 0; i < taps.Weights.Length; i++) weights[i] = T.CreateTruncating(taps.Weights[i]);
            fixed (int* starts = taps.Starts, places = taps.Places)
                Resampling.Run(p.At<T>(0), p.At<T>(1), (nint)(y.Numel / taps.Outputs / inner), taps.Inputs, taps.Outputs, inner, starts, places, weights);
        }
    }
}
