namespace Candeia.Kernels;

/// <summary>
/// The product for matrices of some size: tiles of at most 14 × 2 registers, K in blocks whose sums go through C in order. An element's bits
/// depend on K alone, not on where it stands or how the work is cut: so the cuts may follow the number of threads.
/// </summary>
internal static unsafe class Blocked<V> where V : unmanaged, ISimd<V>
{
    const nint Block = 512, SuperBlocks = 8;                    // steps of K in a block; blocks packed at one time
    const nint PackMost = 16 << 20;                             // bytes of A packed at one time
    const nint Grain = 1 << 21, GrainMost = 1 << 27, Items = 4; // multiply-adds in an item; items per thread, at least
    const nint GroupMost = 256, PanelsLeast = 2, RowsMost = 4096;   // columns, panels of columns and rows in an item
    const nint TilesLeast = 8;                                  // of rows in an item: every item packs its part of B anew
    const nint DirectMost = 24;                                 // panels of columns up to which A is rather read where it lies
    const nint RowsAhead = 8;                                   // of B where it is read where it lies

    static nint Width => Pack<V>.Panel / V.Element;

    public static void Run(in Product p)
    {
        if (p.K > SuperBlocks * Block)
        {
            Product first = p, rest = p;
            first.K = (p.K / 2 + Block - 1) / Block * Block;
            first.Bias = null;
            first.Relu = false;
            (rest.K, rest.Accumulate) = (p.K - first.K, true);
            rest.A = (byte*)p.A + first.K * p.AStep * V.Element;
            rest.B = (byte*)p.B + first.K * p.BStep * V.Element;
            Run(first);
            Run(rest);
            return;
        }
        bool packA = p.M > 1 && p.N > 2 * PanelsLeast * Width && (p.AStep != 1 || p.N > DirectMost * Width || p.ARow * V.Element % 4096 == 0);
        if (packA && p.M * p.K * V.Element > PackMost)
        {
            int tall = ProductKernel<V, Write<V>>.MaxRows;
            Product top = p, bottom = p;
            top.M = (p.M / 2 + tall - 1) / tall * tall;
            bottom.M = p.M - top.M;
            bottom.A = (byte*)p.A + top.M * p.ARow * V.Element;
            bottom.C = (byte*)p.C + top.M * p.CRow * V.Element;
            Run(top);
            Run(bottom);
            return;
        }
        using var packed = Scratch.Rent(packA ? p.M * p.K * V.Element : 0);
        using var zeros = Scratch.Rent(Pack<V>.Panel);
        new Span<byte>(zeros.Pointer, Pack<V>.Panel).Clear();
        var work = new Work(p, packA ? packed.Pointer : null, zeros.Pointer);
        if (packA) Workers.Run((int)work.RowBlocks, new PackWork(work));
        Workers.Run((int)(work.RowBlocks * work.Groups), work);
    }

    readonly struct PackWork(Work work) : IWork
    {
        public void Run(int item) => work.PackRows(item);
    }

    readonly struct Work : IWork
    {
        readonly Product p;
        readonly byte* _packed, _zeros;
        readonly Cut _blocks, _tiles, _rowBlocks;               // of K; of M into tiles; of the tiles into row blocks
        readonly nint _blockCount, _group;                      // _group: columns that an item does
        public readonly nint RowBlocks, Groups;

        public Work(in Product product, byte* packed, byte* zeros)
        {
            p = product;
            _packed = packed;
            _zeros = zeros;
            _blockCount = Math.Max(1, (p.K + Block - 1) / Block);
            _blocks = new(p.K, _blockCount);
            nint tall = ProductKernel<V, Write<V>>.MaxRows, tiles = (p.M + tall - 1) / tall;
            nint deep = Math.Max(p.K, 1) * Width, items = Items * Threads.Count, grain = Math.Clamp(p.M * p.N * p.K / items, Grain, GrainMost);
            nint rows = Math.Min(p.M, RowsMost), panels = Math.Min((p.N + Width - 1) / Width, Math.Clamp(grain / (rows * deep), PanelsLeast, GroupMost / Width));
            rows = Math.Clamp(grain / (panels * deep), Math.Min(rows, TilesLeast * tall), rows);
            RowBlocks = (p.M + rows - 1) / rows;
            _group = panels * Width;
            Groups = (p.N + _group - 1) / _group;
            nint all = RowBlocks * Groups;                      // a few items that no two threads can share evenly are halved
            if (all < 2 * items && all % Threads.Count != 0 && tiles >= 2 * RowBlocks * TilesLeast) RowBlocks *= 2;
            _tiles = new(p.M, tiles);
            _rowBlocks = new(tiles, RowBlocks);
        }

        public void PackRows(nint rowBlock)
        {
            for (nint block = 0; block < _blockCount; block++)
                for (nint tile = _rowBlocks[rowBlock]; tile < _rowBlocks[rowBlock + 1]; tile++)
                {
                    nint k = _blocks[block], steps = _blocks[block + 1] - k, i = _tiles[tile], rows = _tiles[tile + 1] - i;
                    Pack<V>.Rows((byte*)p.A + (i * p.ARow + k * p.AStep) * V.Element, p.ARow * V.Element, p.AStep * V.Element, rows, steps, _packed + (k * p.M + i * steps) * V.Element);
                }
        }

        public void Run(int item)
        {
            nint rowBlock = item % RowBlocks, j = item / RowBlocks * _group, columns = Math.Min(_group, p.N - j), panels = (columns + Width - 1) / Width;
            bool direct = p.BColumn == 1 && _rowBlocks[rowBlock + 1] - _rowBlocks[rowBlock] <= 2;
            using var panelMemory = Scratch.Rent(panels * Pack<V>.Panel * (_blocks[1] + 16));
            using var tail = Scratch.Rent(ProductKernel<V, Write<V>>.MaxRows * Pack<V>.Panel);
            for (nint block = 0; block < _blockCount; block++)
            {
                nint k = _blocks[block], steps = _blocks[block + 1] - k;
                byte* b = (byte*)p.B + (k * p.BStep + j * p.BColumn) * V.Element;
                nint bStep = p.BStep * V.Element, next = Pack<V>.Panel;
                nint pack = direct ? columns % Width : columns;     // columns that are packed, the last ones
                if (pack > 0) Pack<V>.Columns(b + (columns - pack) * p.BColumn * V.Element, bStep, p.BColumn * V.Element, steps, pack, panelMemory.Pointer);
                if (!direct)
                {
                    b = panelMemory.Pointer;
                    bStep = Pack<V>.Panel;
                    next = steps * Pack<V>.Panel;
                }
                var how = new Ending<V>(p, block == 0, block == _blockCount - 1, _zeros);
                for (nint tile = _rowBlocks[rowBlock]; tile < _rowBlocks[rowBlock + 1]; tile++)
                {
                    nint i = _tiles[tile];
                    int rows = (int)(_tiles[tile + 1] - i);
                    var t = new ProductTile
                    {
                        Steps = steps, B = b, BStep = bStep, C = (byte*)p.C + (i * p.CRow + j) * V.Element, CRow = p.CRow * V.Element,
                        A = (byte*)p.A + (i * p.ARow + k * p.AStep) * V.Element, ARow = p.ARow * V.Element, AStep = p.AStep * V.Element,
                    };
                    if (_packed != null)
                    {
                        t.A = _packed + (k * p.M + i * steps) * V.Element;
                        t.ARow = V.Element;
                        t.AStep = rows * V.Element;
                    }
                    t.Ahead = t.A;
                    if (direct)                                 // rows of B lie far apart, so nothing else calls for them
                    {
                        t.Ahead = b + RowsAhead * bStep;
                        t.AheadStep = bStep;
                    }
                    else if (_packed != null)                   // while this strip of A is at work, the next one comes nearer
                    {
                        t.Ahead = t.A + rows * steps * V.Element;
                        t.AheadStep = rows * V.Element / panels;
                    }
                    nint column = 0;
                    for (; column + Width <= columns; column += Width, t.B += next, t.C += Pack<V>.Panel, t.Ahead += direct ? Pack<V>.Panel : t.AheadStep * steps)
                        how.Tile(t, rows, (j + column) * V.Element);
                    if (column < columns)
                    {
                        if (direct)
                        {
                            t.B = panelMemory.Pointer;
                            t.BStep = Pack<V>.Panel;
                        }
                        how.Part(t, rows, (j + column) * V.Element, columns - column, tail.Pointer);
                    }
                }
            }
        }
    }
}
