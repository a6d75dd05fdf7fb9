using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Bᵀ of F(4, 3): six inputs to six frequencies.</summary>
internal unsafe struct InputTransform<V> : ILineTransform<V> where V : unmanaged, ISimd<V>
{
    public static int From => 6;
    public static int To => 6;

    [MethodImpl(AggressiveInlining)] public static void Apply(byte* from, nint step, byte* to, nint toStep)
    {
        V a = V.Load(from), b = V.Load(from + step), c = V.Load(from + 2 * step), d = V.Load(from + 3 * step), e = V.Load(from + 4 * step),
            f = V.Load(from + 5 * step);
        V two = V.Const(2), four = V.Const(4), minusFour = V.Const(-4), minusFive = V.Const(-5), ec = e - c, db = two * (d - b);
        V.Fma(four, a, V.Fma(minusFive, c, e)).Store(to);
        V.Fma(minusFour, b + c, d + e).Store(to + toStep);
        V.Fma(four, b - c, e - d).Store(to + 2 * toStep);
        (ec + db).Store(to + 3 * toStep);
        (ec - db).Store(to + 4 * toStep);
        V.Fma(four, b, V.Fma(minusFive, d, f)).Store(to + 5 * toStep);
    }
}
