using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>A of F(4, 3): the gradients of four outputs to those of six frequencies.</summary>
internal unsafe struct OutputAdjoint<V> : ILineTransform<V> where V : unmanaged, ISimd<V>
{
    public static int From => 4;
    public static int To => 6;

    [MethodImpl(AggressiveInlining)] public static void Apply(byte* from, nint step, byte* to, nint toStep)
    {
        V a = V.Load(from), b = V.Load(from + step), c = V.Load(from + 2 * step), d = V.Load(from + 3 * step);
        V ac = a + c, bd = b + d, even = V.Fma(V.Const(4), c, a), odd = V.Fma(V.Const(8), d, V.Const(2) * b);
        a.Store(to);
        (ac + bd).Store(to + toStep);
        (ac - bd).Store(to + 2 * toStep);
        (even + odd).Store(to + 3 * toStep);
        (even - odd).Store(to + 4 * toStep);
        d.Store(to + 5 * toStep);
    }
}
