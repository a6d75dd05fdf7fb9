using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>One tile on top of another.</summary>
internal unsafe struct DotStack<V, A, B> : IDotTile<V> where V : unmanaged, ISimd<V> where A : unmanaged, IDotTile<V> where B : unmanaged, IDotTile<V>
{
    A top; B bottom;
    public static int Rows { [MethodImpl(AggressiveInlining)] get => A.Rows + B.Rows; }
    [MethodImpl(AggressiveInlining)] public void Add(byte* a, nint row, V b0, V b1, V b2, V b3)
    {
        top.Add(a, row, b0, b1, b2, b3);
        bottom.Add(a + A.Rows * row, row, b0, b1, b2, b3);
    }
    [MethodImpl(AggressiveInlining)] public void AddPart(byte* a, nint row, int count, V b0, V b1, V b2, V b3)
    {
        top.AddPart(a, row, count, b0, b1, b2, b3);
        bottom.AddPart(a + A.Rows * row, row, count, b0, b1, b2, b3);
    }
    [MethodImpl(AggressiveInlining)] public void Store(byte* to, nint row)
    {
        top.Store(to, row);
        bottom.Store(to + A.Rows * row, row);
    }
}
