using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Eight sums of two products of sixteen bits: AVX2.</summary>
internal readonly unsafe struct Pairs256(Vector256<int> v) : IWhole<Pairs256>
{
    readonly Vector256<int> v = v;
    public static int Lanes => 8; public static int Registers => 16; public static int Element => 2;

    [MethodImpl(AggressiveInlining)] public static Pairs256 Load(byte* p) => new(Vector256.Load((int*)p));
    [MethodImpl(AggressiveInlining)] public static Pairs256 Spread(byte* p) => new(Vector256.Create(*(int*)p));
    [MethodImpl(AggressiveInlining)] public static Pairs256 MultiplyAdd(Pairs256 sum, Pairs256 x, Pairs256 weight) => new(sum.v + Avx2.MultiplyAddAdjacent(x.v.AsInt16(), weight.v.AsInt16()));
    [MethodImpl(AggressiveInlining)] public void Store(int* p) => v.Store(p);
}
