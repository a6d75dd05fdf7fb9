using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// What becomes of the sums of one block of K: the first replaces C (or adds to it), the next ones add to C, the last one also adds the bias and
/// applies the ReLU. <paramref name="zeros"/> stands in for a bias where there is only a ReLU.
/// </summary>
internal readonly unsafe struct Ending<V>(in Product p, bool first, bool last, byte* zeros) where V : unmanaged, ISimd<V>
{
    readonly byte* _bias = (byte*)p.Bias, _zeros = zeros;
    readonly bool _replace = first && !p.Accumulate, _finish = last && (p.Bias != null || p.Relu);
    readonly V _floor = V.Const(p.Relu ? 0 : double.NegativeInfinity);

    /// <summary>Computes a tile two registers wide; <paramref name="column"/> counts bytes.</summary>
    public void Tile(in ProductTile t, int rows, nint column)
    {
        for (nint i = 0; i < rows; i++)                          // by the time the sums are ready, C is here
            for (nint at = 0; at < Pack<V>.Panel; at += 64) V.Prefetch(t.C + i * t.CRow + at);
        byte* bias = _bias == null ? _zeros : _bias + column;
        if (!_finish)
            if (_replace) ProductKernel<V, Write<V>>.Of[rows](t, default);
            else ProductKernel<V, Accumulate<V>>.Of[rows](t, default);
        else if (_replace) ProductKernel<V, BiasFloor<V>>.Of[rows](t, new(bias, _floor));
        else ProductKernel<V, AccumulateBiasFloor<V>>.Of[rows](t, new(bias, _floor));
    }

    /// <summary>A tile of which only some columns exist: by way of a full one.</summary>
    public void Part(ProductTile t, int rows, nint column, nint columns, byte* full)
    {
        byte* c = t.C;
        nint cRow = t.CRow;
        t.C = full;
        t.CRow = Pack<V>.Panel;
        ProductKernel<V, Write<V>>.Of[rows](t, default);
        Rows(full, Pack<V>.Panel, c, cRow, rows, column, columns);
    }

    /// <summary>Sums that stand elsewhere.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public void Rows(byte* sums, nint sumRow, byte* c, nint cRow, nint rows, nint column, nint columns)
    {
        nint whole = columns * V.Element / V.Size * V.Size;
        int rest = (int)(columns - whole / V.Element);
        byte* bias = _bias + column;
        for (; rows > 0; rows--, sums += sumRow, c += cRow)
        {
            for (nint j = 0; j < whole; j += V.Size)
            {
                V sum = V.Load(sums + j);
                if (!_replace) sum = V.Load(c + j) + sum;
                if (_finish) sum = V.Max(_floor, _bias == null ? sum : sum + V.Load(bias + j));
                sum.Store(c + j);
            }
            if (rest == 0) continue;
            V last = V.LoadPart(sums + whole, rest);
            if (!_replace) last = V.LoadPart(c + whole, rest) + last;
            if (_finish) last = V.Max(_floor, _bias == null ? last : last + V.LoadPart(bias + whole, rest));
            last.StorePart(c + whole, rest);
        }
    }
}
