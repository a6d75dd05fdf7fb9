using System.Numerics;

namespace Candeia.Kernels;

/// <summary>The product of whole or complex numbers, row by row; overflow wraps around.</summary>
internal static unsafe class PlainProduct<T> where T : unmanaged, INumberBase<T>
{
    const nint Grain = 1 << 18;                                 // multiply-adds in an item

    public static void Run(in Product p) => Workers.Split(p.M, Math.Max(1, Grain / Math.Max(1, p.N * p.K)), new Work(p));

    readonly struct Work(Product p) : IRangeWork
    {
        public void Run(nint from, nint to)
        {
            for (nint i = from; i < to; i++)
            {
                T* c = (T*)p.C + i * p.CRow, a = (T*)p.A + i * p.ARow;
                if (!p.Accumulate) new Span<T>(c, checked((int)p.N)).Clear();
                for (nint k = 0; k < p.K; k++)
                {
                    T x = a[k * p.AStep];
                    T* b = (T*)p.B + k * p.BStep;
                    for (nint j = 0; j < p.N; j++) c[j] += x * b[j * p.BColumn];
                }
                for (nint j = 0; j < p.N; j++)
                {
                    if (p.Bias != null) c[j] += ((T*)p.Bias)[j];
                    if (p.Relu && T.IsNegative(c[j])) c[j] = T.Zero;
                }
            }
        }
    }
}
