using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>y[o, i, ·] = Σ weight·x[o, place, ·] over the taps of i, for [outer, n, inner] without gaps. A row of <c>inner</c> numbers is computed in registers.</summary>
internal static unsafe class Resampling
{
    const int Grain = 1 << 14;                                               // products worth a thread

    public static void Run<T>(T* x, T* y, nint outer, int inputs, int outputs, nint inner, int* starts, int* places, T* weights) where T : unmanaged, IFloatingPointIeee754<T>
    {
        nint products = Math.Max(1, starts[outputs] / Math.Max(1, outputs)) * inner;
        if (inner == 1) Workers.Split(outer, Math.Max(1, Grain / Math.Max(1, starts[outputs])), new Single<T>(x, y, inputs, outputs, starts, places, weights));
        else Simd.Run<T, Call>(new((byte*)x, (byte*)y, outer * outputs, Math.Max(1, Grain / products), inputs, outputs, inner, starts, places, (byte*)weights));
    }

    readonly struct Call(byte* x, byte* y, nint rows, nint grain, int inputs, int outputs, nint inner, int* starts, int* places, byte* weights) : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V> => Workers.Split(rows, grain, new Rows<V>(x, y, inputs, outputs, inner, starts, places, weights));
    }

    readonly struct Single<T>(T* x, T* y, int inputs, int outputs, int* starts, int* places, T* weights) : IRangeWork where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Run(nint from, nint to)
        {
            for (nint o = from; o < to; o++)
            {
                T* row = x + o * inputs, result = y + o * outputs;
                for (int i = 0, k = 0; i < outputs; i++)
                {
                    int end = starts[i + 1];
                    T sum = k < end ? weights[k] * row[places[k]] : T.Zero;
                    while (++k < end) sum = T.FusedMultiplyAdd(weights[k], row[places[k]], sum);
                    k = end;
                    result[i] = sum;
                }
            }
        }
    }

    readonly struct Rows<V>(byte* x, byte* y, int inputs, int outputs, nint inner, int* starts, int* places, byte* weights) : IRangeWork where V : unmanaged, ISimd<V>
    {
        public void Run(nint from, nint to)
        {
            nint line = inner * V.Element;
            for (nint r = from; r < to; r++)
            {
                nint o = r / outputs;
                int i = (int)(r % outputs);
                Row(x + o * inputs * line, line, y + r * line, starts[i], starts[i + 1]);
            }
        }

        [MethodImpl(AggressiveOptimization | NoInlining)]
        void Row(byte* input, nint line, byte* to, int first, int end)
        {
            for (nint c = 0; c < line; c += V.Size)
            {
                int part = (int)Math.Min(V.Size, line - c) / V.Element;
                bool whole = part == V.Size / V.Element;
                V sum = V.Const(0);
                for (int k = first; k < end; k++)
                {
                    byte* p = input + places[k] * line + c;
                    V v = whole ? V.Load(p) : V.LoadPart(p, part), w = V.Splat(weights + k * V.Element);
                    sum = k == first ? w * v : V.Fma(w, v, sum);
                }
                if (whole) sum.Store(to + c); else sum.StorePart(to + c, part);
            }
        }
    }
}
