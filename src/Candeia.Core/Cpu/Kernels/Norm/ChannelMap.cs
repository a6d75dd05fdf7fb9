using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>One pass over a matrix [rows, channels]: y = (x − mean)·b + c, and gradient·a added where there is a gradient.</summary>
internal static unsafe class ChannelMap<V> where V : unmanaged, ISimd<V>
{
    public static void Run(byte* x, byte* gradient, byte* mean, byte* a, byte* b, byte* c, byte* y, nint rows, nint channels)
    {
        nint block = Math.Max(1, Reducer.Grain / 4 / Math.Max(1, channels));
        Workers.Split(rows, block, new Work(x, gradient, mean, a, b, c, y, channels));
    }

    readonly struct Work(byte* x, byte* gradient, byte* mean, byte* a, byte* b, byte* c, byte* y, nint channels) : IRangeWork
    {
        public void Run(nint from, nint to)
        {
            nint lanes = V.Size / V.Element, stride = channels * V.Element;
            for (nint channel = 0; channel < channels; channel += lanes)
            {
                nint at = from * stride + channel * V.Element;
                int count = (int)Math.Min(lanes, channels - channel);
                V m = Part(mean, channel, count), scale = Part(b, channel, count), shift = Part(c, channel, count);
                if (gradient == null) Normalize(x + at, y + at, m, scale, shift, stride, to - from, count);
                else Gradient(x + at, gradient + at, y + at, m, Part(a, channel, count), scale, shift, stride, to - from, count);
            }
        }

        static V Part(byte* numbers, nint channel, int count) => V.LoadPart(numbers + channel * V.Element, count);
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void Normalize(byte* x, byte* y, V mean, V scale, V shift, nint stride, nint rows, int count)
    {
        if (count == V.Size / V.Element)
            for (; rows > 0; rows--, x += stride, y += stride) V.Fma(V.Load(x) - mean, scale, shift).Store(y);
        else
            for (; rows > 0; rows--, x += stride, y += stride) V.Fma(V.LoadPart(x, count) - mean, scale, shift).StorePart(y, count);
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void Gradient(byte* x, byte* g, byte* y, V mean, V a, V b, V c, nint stride, nint rows, int count)
    {
        if (count == V.Size / V.Element)
            for (; rows > 0; rows--, x += stride, g += stride, y += stride) V.Fma(V.Load(x) - mean, b, V.Fma(V.Load(g), a, c)).Store(y);
        else
            for (; rows > 0; rows--, x += stride, g += stride, y += stride) V.Fma(V.LoadPart(x, count) - mean, b, V.Fma(V.LoadPart(g, count), a, c)).StorePart(y, count);
    }
}
