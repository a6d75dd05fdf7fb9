using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Quads beside quads.</summary>
internal unsafe struct QuadStack<V, A, B> : IQuads<V> where V : unmanaged, ISimd<V> where A : unmanaged, IQuads<V> where B : unmanaged, IQuads<V>
{
    A _left; B _right;
    public static int Count { [MethodImpl(AggressiveInlining)] get => A.Count + B.Count; }

    [MethodImpl(AggressiveInlining)] public void Add(byte* a, nint row, nint down, V b0, V b1)
    {
        _left.Add(a, row, down, b0, b1);
        _right.Add(a + 2 * A.Count * row, row, down, b0, b1);
    }

    [MethodImpl(AggressiveInlining)] public void Store<E>(byte* c, nint row, byte* mask, nint maskRow, E epilogue) where E : struct, IPooling<V>
    {
        _left.Store(c, row, mask, maskRow, epilogue);
        _right.Store(c + A.Count * row, row, mask + A.Count * maskRow, maskRow, epilogue);
    }
}
