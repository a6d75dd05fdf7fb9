using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>What reductions along rows and along columns share.</summary>
internal static unsafe class Reducer
{
    /// <summary>Numbers in an item, about.</summary>
    public const nint Grain = 1 << 16;

    [MethodImpl(AggressiveInlining)]
    public static double Read<V>(byte* p) where V : unmanaged, ISimd<V> => V.Element == 4 ? *(float*)p : *(double*)p;

    [MethodImpl(AggressiveInlining)]
    public static void Write<V>(byte* p, double x) where V : unmanaged, ISimd<V>
    {
        if (V.Element == 4) *(float*)p = (float)x;
        else *(double*)p = x;
    }

    /// <summary>One number of a register.</summary>
    [MethodImpl(AggressiveInlining)]
    public static double Number<V>(ref V register, int i) where V : unmanaged, ISimd<V> =>
        V.Element == 4 ? Unsafe.Add(ref Unsafe.As<V, float>(ref register), i) : Unsafe.Add(ref Unsafe.As<V, double>(ref register), i);

    /// <summary>The first <paramref name="count"/> numbers, and behind them such as change nothing.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Part<V, R>(byte* p, int count) where V : unmanaged, ISimd<V> where R : struct, IReduction =>
        V.Select((1u << count) - 1, V.LoadPart(p, count), V.Const(R.Start));
}
