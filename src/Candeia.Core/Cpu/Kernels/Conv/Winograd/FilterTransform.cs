using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>G of F(4, 3): three weights to six frequencies.</summary>
internal unsafe struct FilterTransform<V> : ILineTransform<V> where V : unmanaged, ISimd<V>
{
    public static int From => 3;
    public static int To => 6;

    [MethodImpl(AggressiveInlining)] public static void Apply(byte* from, nint step, byte* to, nint toStep)
    {
        V a = V.Load(from), b = V.Load(from + step), c = V.Load(from + 2 * step), sixth = V.Const(1.0 / 6);
        V ac = -sixth * (a + c), bb = sixth * b, even = V.Fma(V.Const(1.0 / 24), a, sixth * c), odd = V.Const(1.0 / 12) * b;
        (V.Const(0.25) * a).Store(to);
        (ac - bb).Store(to + toStep);
        (ac + bb).Store(to + 2 * toStep);
        (even + odd).Store(to + 3 * toStep);
        (even - odd).Store(to + 4 * toStep);
        c.Store(to + 5 * toStep);
    }
}
