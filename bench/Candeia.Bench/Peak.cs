using System.Diagnostics;
using System.Runtime.CompilerServices;
using Candeia.Kernels;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Bench;

/// <summary>What the machine could do at this moment: fused multiply-adds between registers, on all threads.</summary>
static unsafe class Peak
{
    const long Rounds = 300_000;

    /// <summary>Operations that <see cref="Run"/> does; a multiply-add counts twice.</summary>
    public static double Flop<T>() where T : unmanaged => Threads.Count * Rounds * 24.0 * Math.Max(Simd.Bits / 8, sizeof(T)) / sizeof(T);

    public static void Run<T>() where T : unmanaged => Simd.Run<T, Call>(default);

    readonly struct Call : ISimdCall
    {
        public void Run<V>() where V : unmanaged, ISimd<V>
        {
            byte* sinks = stackalloc byte[64 * Threads.Count];
            Workers.Run(Threads.Count, new Work<V>(sinks));
        }
    }

    readonly struct Work<V>(byte* sinks) : IWork where V : unmanaged, ISimd<V>
    {
        public void Run(int item) => Chains<V>(Rounds, sinks + 64 * item);
    }

    [MethodImpl(AggressiveOptimization)]        // no call may stand here: vector registers do not survive one
    static void Chains<V>(long n, byte* sink) where V : unmanaged, ISimd<V>
    {
        V b = V.Const(0.999), c = V.Const(1e-6), v0 = b, v1 = b, v2 = b, v3 = b, v4 = b, v5 = b, v6 = b, v7 = b, v8 = b, v9 = b, v10 = b, v11 = b;
        for (; n > 0; n--)
        {
            v0 = V.Fma(v0, b, c); v1 = V.Fma(v1, b, c); v2 = V.Fma(v2, b, c); v3 = V.Fma(v3, b, c); v4 = V.Fma(v4, b, c); v5 = V.Fma(v5, b, c);
            v6 = V.Fma(v6, b, c); v7 = V.Fma(v7, b, c); v8 = V.Fma(v8, b, c); v9 = V.Fma(v9, b, c); v10 = V.Fma(v10, b, c); v11 = V.Fma(v11, b, c);
        }
        (v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9 + v10 + v11).Store(sink);
    }
}
