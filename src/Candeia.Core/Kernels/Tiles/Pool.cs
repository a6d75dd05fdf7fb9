using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>2×2 pixels that leave as their mean: a convolution fused with average pooling.</summary>
internal unsafe struct Pool<V> : ITile<V> where V : unmanaged, ISimd<V>
{
    Row<V> p00, p01, p10, p11;
    public static int Rows => 2; public static int Outputs => 1;
    [MethodImpl(AggressiveInlining)] public void Add(byte* a, nint row, nint line, V b0, V b1)
    {
        p00.Add(a, row, line, b0, b1); p01.Add(a + row, row, line, b0, b1);
        p10.Add(a + line, row, line, b0, b1); p11.Add(a + line + row, row, line, b0, b1);
    }
    [MethodImpl(AggressiveInlining)] public void Store<E>(byte* c, nint row, E epilogue) where E : struct, IEpilogue<V>
    {
        Mean(c, 0, p00.lo, p01.lo, p10.lo, p11.lo, epilogue);
        Mean(c + V.Size, V.Size, p00.hi, p01.hi, p10.hi, p11.hi, epilogue);
    }
    [MethodImpl(AggressiveInlining)] static void Mean<E>(byte* c, int column, V p, V q, V r, V s, E e) where E : struct, IEpilogue<V> =>
        (V.Const(0.25) * ((e.Apply(p, c, column) + e.Apply(q, c, column)) + (e.Apply(r, c, column) + e.Apply(s, c, column)))).Store(c);
}
