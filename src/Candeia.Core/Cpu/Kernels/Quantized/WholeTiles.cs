using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>Sums that live in registers: some rows of numbers against two registers of weights.</summary>
internal unsafe interface IWholeTile<W> where W : unmanaged, IWhole<W>
{
    static abstract int Rows { get; }
    void Add(byte* a, nint row, W b0, W b1);
    void Store(int* to);
}

/// <summary>One row.</summary>
internal unsafe struct WholeRow<W> : IWholeTile<W> where W : unmanaged, IWhole<W>
{
    W lo, hi;
    public static int Rows => 1;
    [MethodImpl(AggressiveInlining)] public void Add(byte* a, nint row, W b0, W b1) { W x = W.Spread(a); lo = W.MultiplyAdd(lo, x, b0); hi = W.MultiplyAdd(hi, x, b1); }
    [MethodImpl(AggressiveInlining)] public void Store(int* to) { lo.Store(to); hi.Store(to + W.Lanes); }
}

/// <summary>One tile on top of another.</summary>
internal unsafe struct WholeStack<W, A, B> : IWholeTile<W> where W : unmanaged, IWhole<W> where A : unmanaged, IWholeTile<W> where B : unmanaged, IWholeTile<W>
{
    A top; B bottom;
    public static int Rows { [MethodImpl(AggressiveInlining)] get => A.Rows + B.Rows; }
    [MethodImpl(AggressiveInlining)] public void Add(byte* a, nint row, W b0, W b1) { top.Add(a, row, b0, b1); bottom.Add(a + A.Rows * row, row, b0, b1); }
    [MethodImpl(AggressiveInlining)] public void Store(int* to) { top.Store(to); bottom.Store(to + A.Rows * 2 * W.Lanes); }
}
