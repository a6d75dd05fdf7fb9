using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>One tile on top of another: every height is built from this.</summary>
internal unsafe struct Stack<V, A, B> : ITile<V> where V : unmanaged, ISimd<V> where A : unmanaged, ITile<V> where B : unmanaged, ITile<V>
{
    A top; B bottom;
    public static int Rows { [MethodImpl(AggressiveInlining)] get => A.Rows + B.Rows; }
    public static int Outputs { [MethodImpl(AggressiveInlining)] get => A.Outputs + B.Outputs; }
    [MethodImpl(AggressiveInlining)] public void Add(byte* a, nint row, nint line, V b0, V b1) { top.Add(a, row, line, b0, b1); bottom.Add(a + A.Rows * row, row, line, b0, b1); }
    [MethodImpl(AggressiveInlining)] public void Store<E>(byte* c, nint row, E epilogue) where E : struct, IEpilogue<V> { top.Store(c, row, epilogue); bottom.Store(c + A.Outputs * row, row, epilogue); }
}
