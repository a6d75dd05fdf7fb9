using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>One pass over a matrix [rows, channels]: the normalized numbers, or their gradient (x − mean)·b + gradient·scale + c.</summary>
internal static unsafe class ChannelMap<V, TGate> where V : unmanaged, ISimd<V> where TGate : struct, IGate<V>
{
    /// <summary>y = (x − mean)·scale + shift, then what may be added, between bounds.</summary>
    public static void Normalize(in ChannelData data, byte* added, byte* y, nint rows, nint channels) => Run(data, null, null, added, y, rows, channels);

    /// <summary>The gradient of x, whose numbers b and c carry what goes through the moments.</summary>
    public static void Gradient(in ChannelData data, byte* b, byte* c, byte* y, nint rows, nint channels) => Run(data, b, c, null, y, rows, channels);

    static void Run(in ChannelData data, byte* b, byte* c, byte* added, byte* y, nint rows, nint channels)
    {
        nint block = Math.Max(1, Reducer.Grain / 4 / Math.Max(1, channels));
        Workers.Split(rows, block, new Work(data, b, c, added, y, rows, channels));
    }

    // From the last row to the first: what the pass for the statistics has read last still lies in a cache, and what reads the result begins with its first rows.
    readonly struct Work(ChannelData data, byte* b, byte* c, byte* added, byte* y, nint all, nint channels) : IRangeWork
    {
        readonly ChannelData _data = data;

        public void Run(nint from, nint to)
        {
            (from, to) = (all - to, all - from);
            nint lanes = V.Size / V.Element, stride = channels * V.Element;
            for (nint channel = 0; channel < channels; channel += lanes)
            {
                nint number = channel * V.Element, at = from * stride + number;
                int count = (int)Math.Min(lanes, channels - channel);
                var here = _data.Move(at, number);
                if (here.Gradient != null) GradientRows(here, y + at, b + number, c + number, stride, to - from, count);
                else NormalizeRows(here, y + at, added == null ? null : added + at, stride, to - from, count);
            }
        }
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void NormalizeRows(in ChannelData data, byte* y, byte* added, nint stride, nint rows, int count)
    {
        V mean = V.LoadPart(data.Mean, count), scale = V.LoadPart(data.Scale, count), shift = V.LoadPart(data.Shift, count);
        V floor = V.Const(data.Tail.Floor), ceiling = V.Const(data.Tail.Ceiling);
        byte* x = data.X;
        bool whole = count == V.Size / V.Element;
        if (whole && added != null)
            for (; rows > 0; rows--, x += stride, y += stride, added += stride)
                TGate.Bound(V.Fma(V.Load(x) - mean, scale, shift) + V.Load(added), floor, ceiling).Store(y);
        else if (whole)
            for (; rows > 0; rows--, x += stride, y += stride) TGate.Bound(V.Fma(V.Load(x) - mean, scale, shift), floor, ceiling).Store(y);
        else
            for (; rows > 0; rows--, x += stride, y += stride, added += added == null ? 0 : stride)
            {
                V value = V.Fma(V.LoadPart(x, count) - mean, scale, shift);
                if (added != null) value += V.LoadPart(added, count);
                TGate.Bound(value, floor, ceiling).StorePart(y, count);
            }
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void GradientRows(in ChannelData data, byte* y, byte* ofX, byte* ofAll, nint stride, nint rows, int count)
    {
        V mean = V.LoadPart(data.Mean, count), scale = V.LoadPart(data.Scale, count), shift = V.LoadPart(data.Shift, count);
        V b = V.LoadPart(ofX, count), c = V.LoadPart(ofAll, count), floor = V.Const(data.Tail.Floor), ceiling = V.Const(data.Tail.Ceiling);
        byte* x = data.X, g = data.Gradient;
        if (count == V.Size / V.Element)
            for (; rows > 0; rows--, x += stride, g += stride, y += stride)
            {
                V distance = V.Load(x) - mean;
                V.Fma(distance, b, V.Fma(TGate.Through(V.Load(g), V.Fma(distance, scale, shift), floor, ceiling), scale, c)).Store(y);
            }
        else
            for (; rows > 0; rows--, x += stride, g += stride, y += stride)
            {
                V distance = V.LoadPart(x, count) - mean;
                V.Fma(distance, b, V.Fma(TGate.Through(V.LoadPart(g, count), V.Fma(distance, scale, shift), floor, ceiling), scale, c)).StorePart(y, count);
            }
    }
}
