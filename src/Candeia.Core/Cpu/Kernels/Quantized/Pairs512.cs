using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Sixteen sums of two products of sixteen bits: AVX-512.</summary>
internal readonly unsafe struct Pairs512(Vector512<int> v) : IWhole<Pairs512>
{
    readonly Vector512<int> v = v;
    public static int Lanes => 16; public static int Registers => 32; public static int Element => 2;

    [MethodImpl(AggressiveInlining)] public static Pairs512 Load(byte* p) => new(Vector512.Load((int*)p));
    [MethodImpl(AggressiveInlining)] public static Pairs512 Spread(byte* p) => new(Vector512.Create(*(int*)p));
    [MethodImpl(AggressiveInlining)] public static Pairs512 MultiplyAdd(Pairs512 sum, Pairs512 x, Pairs512 weight) => new(sum.v + Avx512BW.MultiplyAddAdjacent(x.v.AsInt16(), weight.v.AsInt16()));
    [MethodImpl(AggressiveInlining)] public void Store(int* p) => v.Store(p);
}
