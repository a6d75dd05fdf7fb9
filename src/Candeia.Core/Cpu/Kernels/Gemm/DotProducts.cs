using System.Numerics;

namespace Candeia.Kernels;

/// <summary>
/// The product where both matrices run along K in memory, as in x·Wᵀ, and one has few rows: scalar products, nothing is packed.
/// K goes in blocks whose sums are added in order, whether different threads made them or one.
/// </summary>
internal static unsafe class DotProducts<V> where V : unmanaged, ISimd<V>
{
    const nint RowMost = 4096, BlockBytes = 2048;               // of a row that stays in one piece, of a row in a block of K otherwise
    const nint AMost = 24 << 10;                                // of the smaller matrix, if it stays in the first cache as a whole
    const nint RowsMost = 192, GroupMost = 64;                  // of A, of B in one item; more of B where K is one block
    const nint Grain = 1 << 20, Items = 64;                     // multiply-adds that are worth an item; items that are enough for any machine
    const nint Stretch = 96 << 10;                              // bytes of B that are worth an item where A has so few rows that reading B is what takes time
    const nint ApartMost = 16 << 20;                            // bytes of sums that blocks of K may keep apart

    public static bool Suits(in Product p) => p.AStep == 1 && p.BStep == 1 && (p.M <= RowsMost || p.N <= 24);

    public static void Run(in Product p)
    {
        var work = new Work(p);
        nint items = work.RowBlocks * work.Groups, apart = work.Blocks * work.SumsPerBlock * V.Element;
        if (work.Blocks == 1 || apart > ApartMost || p.M * p.N * p.K <= Grain)
        {
            Workers.Run((int)items, work);
            return;
        }
        using var sums = Scratch.Rent(apart);
        work.Sums = sums.Pointer;
        Workers.Run((int)(items * work.Blocks), work);
        Workers.Run((int)items, new Gather(work));
    }

    readonly struct Gather(Work work) : IWork
    {
        public void Run(int item)
        {
            for (nint block = 0; block < work.Blocks; block++) work.Finish(item, block, work.SumsOf(item, block));
        }
    }

    struct Work : IWork
    {
        readonly Product p;
        readonly nint _block, _group;                           // K in a block; rows of B in an item
        readonly Cut _rowBlocks;
        public readonly nint Blocks, RowBlocks, Groups;
        public byte* Sums;                                      // [block][item][row][column], or null where an item does all of K

        public Work(in Product product)
        {
            p = product;
            nint line = 64 / V.Element, blocks = p.K * V.Element <= RowMost || Math.Min(p.M, p.N) * p.K * V.Element <= AMost ? 1 : (p.K * V.Element + BlockBytes - 1) / BlockBytes;
            _block = Math.Max(1, ((p.K + blocks - 1) / blocks + line - 1) / line * line);
            Blocks = Math.Max(1, (p.K + _block - 1) / _block);
            RowBlocks = (p.M + RowsMost - 1) / RowsMost;
            _rowBlocks = new(p.M, RowBlocks);
            nint rows = _rowBlocks[1], grain = Math.Max(Grain, p.M * p.N * p.K / Items);
            _group = Math.Clamp(grain / (rows * _block) / 4 * 4, 16, Blocks == 1 ? 4 * GroupMost : GroupMost);
            if (Blocks == 1 && p.N * _block * V.Element > Stretch)
            {
                nint stretches = (nint)BitOperations.RoundUpToPowerOf2((nuint)((p.N * _block * V.Element + Stretch - 1) / Stretch));      // which two threads share evenly
                _group = Math.Min(_group, Math.Max(16, ((p.N + stretches - 1) / stretches + 3) / 4 * 4));
            }
            Groups = (p.N + _group - 1) / _group;
        }

        public readonly nint SumsPerBlock => RowBlocks * Groups * SumsPerItem;

        readonly nint SumsPerItem => _rowBlocks[1] * _group;

        public readonly byte* SumsOf(nint item, nint block) => Sums + (block * SumsPerBlock + item * SumsPerItem) * V.Element;

        public readonly void Run(int item)
        {
            if (Sums != null)
            {
                nint block = item / (RowBlocks * Groups), part = item % (RowBlocks * Groups);
                Multiply(part, block, SumsOf(part, block));
                return;
            }
            using var sums = Scratch.Rent(SumsPerItem * V.Element);
            for (nint block = 0; block < Blocks; block++)
            {
                Multiply(item, block, sums.Pointer);
                Finish(item, block, sums.Pointer);
            }
        }

        readonly void Multiply(nint item, nint block, byte* sums)
        {
            nint first = _rowBlocks[item % RowBlocks], rows = _rowBlocks[item % RowBlocks + 1] - first, j = item / RowBlocks * _group, k = block * _block;
            nint columns = Math.Min(_group, p.N - j), tiles = (rows + DotKernel<V>.MaxRows - 1) / DotKernel<V>.MaxRows;
            var cut = new Cut(rows, tiles);
            var t = new Dots { Length = Math.Min(_block, p.K - k), ARow = p.ARow * V.Element, BRow = p.BColumn * V.Element, ToRow = _group * V.Element };
            if (Blocks > 1) (t.BAhead, t.AheadStep) = (4 * t.BRow, 64);     // rows lie far apart, so nothing else calls for the next ones
            for (nint tile = 0; tile < tiles; tile++)
            {
                nint i = cut[tile];
                int height = (int)(cut[tile + 1] - i);
                t.A = (byte*)p.A + ((first + i) * p.ARow + k) * V.Element;
                t.B = (byte*)p.B + (j * p.BColumn + k) * V.Element;
                t.To = sums + i * t.ToRow;
                for (nint left = columns; left > 0; left -= 4, t.B += 4 * t.BRow, t.To += 4 * V.Element)
                {
                    t.Columns = (int)Math.Min(left, 4);
                    if (Blocks > 1) t.Ahead = t.A + (height + (columns - left) * height / columns) * t.ARow;
                    DotKernel<V>.Of[height](t);
                }
            }
        }

        public readonly void Finish(nint item, nint block, byte* sums)
        {
            nint i = _rowBlocks[item % RowBlocks], rows = _rowBlocks[item % RowBlocks + 1] - i, j = item / RowBlocks * _group;
            new Ending<V>(p, block == 0, block == Blocks - 1, null)
                .Rows(sums, _group * V.Element, (byte*)p.C + (i * p.CRow + j) * V.Element, p.CRow * V.Element, rows, j * V.Element, Math.Min(_group, p.N - j));
        }
    }
}
