using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>One sum of two products of sixteen bits: the fallback.</summary>
internal readonly unsafe struct OnePair(int v) : IWhole<OnePair>
{
    readonly int v = v;
    public static int Lanes => 1; public static int Registers => 16; public static int Element => 2;

    [MethodImpl(AggressiveInlining)] public static OnePair Load(byte* p) => new(*(int*)p);
    [MethodImpl(AggressiveInlining)] public static OnePair Spread(byte* p) => new(*(int*)p);
    [MethodImpl(AggressiveInlining)] public static OnePair MultiplyAdd(OnePair sum, OnePair x, OnePair weight) => new(sum.v + (short)x.v * (short)weight.v + (x.v >> 16) * (weight.v >> 16));
    [MethodImpl(AggressiveInlining)] public void Store(int* p) => *p = v;
}
