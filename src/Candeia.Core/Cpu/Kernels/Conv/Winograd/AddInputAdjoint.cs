using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>The same, added to what is there: patches overlap.</summary>
internal unsafe struct AddInputAdjoint<V> : ILineTransform<V> where V : unmanaged, ISimd<V>
{
    public static int From => 6;
    public static int To => 6;

    [MethodImpl(AggressiveInlining)] public static void Apply(byte* from, nint step, byte* to, nint toStep)
    {
        V a = V.Load(from), b = V.Load(from + step), c = V.Load(from + 2 * step), d = V.Load(from + 3 * step), e = V.Load(from + 4 * step),
            f = V.Load(from + 5 * step);
        V two = V.Const(2), four = V.Const(4), bc = b + c, cb = c - b, de = d + e, ed = e - d;
        V.Fma(four, a, V.Load(to)).Store(to);
        (V.Load(to + toStep) + V.Fma(four, cb + f, two * ed)).Store(to + toStep);
        (V.Load(to + 2 * toStep) + V.Fma(V.Const(-5), a, V.Fma(V.Const(-4), bc, -de))).Store(to + 2 * toStep);
        (V.Load(to + 3 * toStep) + V.Fma(V.Const(-5), f, -V.Fma(two, ed, cb))).Store(to + 3 * toStep);
        (V.Load(to + 4 * toStep) + (a + bc + de)).Store(to + 4 * toStep);
        (V.Load(to + 5 * toStep) + f).Store(to + 5 * toStep);
    }
}
