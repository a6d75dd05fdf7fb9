using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>One row.</summary>
internal unsafe struct Row<V> : IPixel<V> where V : unmanaged, ISimd<V>
{
    internal V lo, hi;
    public readonly V Low { [MethodImpl(AggressiveInlining)] get => lo; }
    public readonly V High { [MethodImpl(AggressiveInlining)] get => hi; }
    public static int Rows => 1; public static int Outputs => 1;
    [MethodImpl(AggressiveInlining)] public void Add(byte* a, nint row, nint line, V b0, V b1) { V x = V.Splat(a); lo = V.Fma(x, b0, lo); hi = V.Fma(x, b1, hi); }
    [MethodImpl(AggressiveInlining)] public void Store<E>(byte* c, nint row, E epilogue) where E : struct, IEpilogue<V> { epilogue.Apply(lo, c, 0).Store(c); epilogue.Apply(hi, c + V.Size, V.Size).Store(c + V.Size); }
}
