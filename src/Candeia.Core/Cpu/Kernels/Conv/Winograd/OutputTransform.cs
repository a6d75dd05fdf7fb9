using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Aᵀ of F(4, 3): six frequencies to four outputs.</summary>
internal unsafe struct OutputTransform<V> : ILineTransform<V> where V : unmanaged, ISimd<V>
{
    public static int From => 6;
    public static int To => 4;

    [MethodImpl(AggressiveInlining)] public static void Apply(byte* from, nint step, byte* to, nint toStep)
    {
        V b = V.Load(from + step), c = V.Load(from + 2 * step), d = V.Load(from + 3 * step), e = V.Load(from + 4 * step);
        V s = b + c, t = b - c, u = d + e, v = d - e;
        (V.Load(from) + s + u).Store(to);
        V.Fma(V.Const(2), v, t).Store(to + toStep);
        V.Fma(V.Const(4), u, s).Store(to + 2 * toStep);
        (V.Fma(V.Const(8), v, t) + V.Load(from + 5 * step)).Store(to + 3 * toStep);
    }
}
