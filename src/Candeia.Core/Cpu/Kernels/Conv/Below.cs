using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>A tile below another: its rows of A begin one image line further down. Fills the registers where a line has too few rows.</summary>
internal unsafe struct Below<V, A, B> : ITile<V> where V : unmanaged, ISimd<V> where A : unmanaged, ITile<V> where B : unmanaged, ITile<V>
{
    A _top; B _bottom;
    public static int Rows { [MethodImpl(AggressiveInlining)] get => A.Rows + B.Rows; }
    public static int Outputs { [MethodImpl(AggressiveInlining)] get => A.Outputs + B.Outputs; }
    [MethodImpl(AggressiveInlining)]
    public void Add(byte* a, nint row, nint down, V b0, V b1)
    {
        _top.Add(a, row, down, b0, b1);
        _bottom.Add(a + down, row, down, b0, b1);
    }

    [MethodImpl(AggressiveInlining)]
    public void Store<E>(byte* c, nint row, E epilogue) where E : struct, IEpilogue<V>
    {
        _top.Store(c, row, epilogue);
        _bottom.Store(c + A.Outputs * row, row, epilogue);
    }
}
