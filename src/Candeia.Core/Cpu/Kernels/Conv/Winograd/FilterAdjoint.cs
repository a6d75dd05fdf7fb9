using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Gᵀ of F(4, 3): the gradients of six frequencies to those of three weights.</summary>
internal unsafe struct FilterAdjoint<V> : ILineTransform<V> where V : unmanaged, ISimd<V>
{
    public static int From => 6;
    public static int To => 3;

    [MethodImpl(AggressiveInlining)] public static void Apply(byte* from, nint step, byte* to, nint toStep)
    {
        V a = V.Load(from), b = V.Load(from + step), c = V.Load(from + 2 * step), d = V.Load(from + 3 * step), e = V.Load(from + 4 * step),
            f = V.Load(from + 5 * step);
        V sixth = V.Const(1.0 / 6), bc = sixth * (b + c), de = d + e;
        (V.Fma(V.Const(0.25), a, V.Const(1.0 / 24) * de) - bc).Store(to);
        V.Fma(sixth, c - b, V.Const(1.0 / 12) * (d - e)).Store(to + toStep);
        (V.Fma(sixth, de, f) - bc).Store(to + 2 * toStep);
    }
}
