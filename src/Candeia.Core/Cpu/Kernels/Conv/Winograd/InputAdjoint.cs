using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>B of F(4, 3): the gradients of six frequencies to those of six inputs.</summary>
internal unsafe struct InputAdjoint<V> : ILineTransform<V> where V : unmanaged, ISimd<V>
{
    public static int From => 6;
    public static int To => 6;

    [MethodImpl(AggressiveInlining)] public static void Apply(byte* from, nint step, byte* to, nint toStep)
    {
        V a = V.Load(from), b = V.Load(from + step), c = V.Load(from + 2 * step), d = V.Load(from + 3 * step), e = V.Load(from + 4 * step),
            f = V.Load(from + 5 * step);
        V two = V.Const(2), four = V.Const(4), bc = b + c, cb = c - b, de = d + e, ed = e - d;
        (four * a).Store(to);
        V.Fma(four, cb + f, two * ed).Store(to + toStep);
        V.Fma(V.Const(-5), a, V.Fma(V.Const(-4), bc, -de)).Store(to + 2 * toStep);
        V.Fma(V.Const(-5), f, -V.Fma(two, ed, cb)).Store(to + 3 * toStep);
        (a + bc + de).Store(to + 4 * toStep);
        f.Store(to + 5 * toStep);
    }
}
