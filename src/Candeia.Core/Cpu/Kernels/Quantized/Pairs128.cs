using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Four sums of two products of sixteen bits: Arm64.</summary>
internal readonly unsafe struct Pairs128(Vector128<int> v) : IWhole<Pairs128>
{
    readonly Vector128<int> v = v;
    public static int Lanes => 4; public static int Registers => 32; public static int Element => 2;

    [MethodImpl(AggressiveInlining)] public static Pairs128 Load(byte* p) => new(Vector128.Load((int*)p));
    [MethodImpl(AggressiveInlining)] public static Pairs128 Spread(byte* p) => new(Vector128.Create(*(int*)p));
    [MethodImpl(AggressiveInlining)] public void Store(int* p) => v.Store(p);

    [MethodImpl(AggressiveInlining)] public static Pairs128 MultiplyAdd(Pairs128 sum, Pairs128 x, Pairs128 weight)
    {
        Vector128<short> a = x.v.AsInt16(), b = weight.v.AsInt16();
        return AdvSimd.Arm64.IsSupported
            ? new(sum.v + AdvSimd.Arm64.AddPairwise(AdvSimd.MultiplyWideningLower(a.GetLower(), b.GetLower()), AdvSimd.MultiplyWideningUpper(a, b)))
            : new(sum.v + (x.v << 16 >> 16) * (weight.v << 16 >> 16) + (x.v >> 16) * (weight.v >> 16));
    }
}
