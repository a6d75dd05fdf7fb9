using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Eight sums of four products of bytes: AVX-VNNI.</summary>
internal readonly unsafe struct Quads256(Vector256<int> v) : IWhole<Quads256>
{
    readonly Vector256<int> v = v;
    public static int Lanes => 8; public static int Registers => 16; public static int Element => 1;

    [MethodImpl(AggressiveInlining)] public static Quads256 Load(byte* p) => new(Vector256.Load((int*)p));
    [MethodImpl(AggressiveInlining)] public static Quads256 Spread(byte* p) => new(Vector256.Create(*(int*)p));
    [MethodImpl(AggressiveInlining)] public static Quads256 MultiplyAdd(Quads256 sum, Quads256 x, Quads256 weight) => new(AvxVnni.MultiplyWideningAndAdd(sum.v, x.v.AsByte(), weight.v.AsSByte()));
    [MethodImpl(AggressiveInlining)] public void Store(int* p) => v.Store(p);
}
