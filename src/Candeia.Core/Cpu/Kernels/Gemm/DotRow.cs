using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>One row of A.</summary>
internal unsafe struct DotRow<V> : IDotTile<V> where V : unmanaged, ISimd<V>
{
    V s0, s1, s2, s3;
    public static int Rows => 1;
    [MethodImpl(AggressiveInlining)] public void Add(byte* a, nint row, V b0, V b1, V b2, V b3) => Add(V.Load(a), b0, b1, b2, b3);
    [MethodImpl(AggressiveInlining)] public void AddPart(byte* a, nint row, int count, V b0, V b1, V b2, V b3) => Add(V.LoadPart(a, count), b0, b1, b2, b3);
    [MethodImpl(AggressiveInlining)] void Add(V x, V b0, V b1, V b2, V b3) { s0 = V.Fma(x, b0, s0); s1 = V.Fma(x, b1, s1); s2 = V.Fma(x, b2, s2); s3 = V.Fma(x, b3, s3); }
    [MethodImpl(AggressiveInlining)] public void Store(byte* to, nint row) => V.Sums(to, s0, s1, s2, s3);
}
