using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>A pixel of a depthwise convolution: channels of A meet the same channels of B, nothing is summed across them.</summary>
internal unsafe struct Lanes<V> : IPixel<V> where V : unmanaged, ISimd<V>
{
    V _low, _high;
    public readonly V Low { [MethodImpl(AggressiveInlining)] get => _low; }
    public readonly V High { [MethodImpl(AggressiveInlining)] get => _high; }
    public static int Rows => 1;
    public static int Outputs => 1;

    [MethodImpl(AggressiveInlining)] public void Add(byte* a, nint row, nint line, V b0, V b1)
    {
        _low = V.Fma(V.Load(a), b0, _low);
        _high = V.Fma(V.Load(a + V.Size), b1, _high);
    }

    [MethodImpl(AggressiveInlining)] public readonly void Store<E>(byte* c, nint row, E epilogue) where E : struct, IEpilogue<V>
    {
        epilogue.Apply(_low, c, 0).Store(c);
        epilogue.Apply(_high, c + V.Size, V.Size).Store(c + V.Size);
    }
}
