using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Math;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// Convolution without im2col: a pixel is a row of A with the stride of its channels, a kernel row is one run of numbers, and bias, activation
/// and pooling happen in registers. An item is some rows of an image, a piece of its only row, or some tiny images.
/// </summary>
internal readonly unsafe struct DirectForward<V, T> : IWork where V : unmanaged, ISimd<V> where T : unmanaged, IFloatingPointIeee754<T>
{
    const int L2 = 512 << 10, CopyBytes = 256 << 10, LaterPixels = 84, LeastPiece = 28;

    readonly ConvShape _shape;
    readonly Panels _panels;
    readonly ConvPool _pool;
    readonly bool _isBounded;                                                           // also above
    readonly byte* _x, _y, _mask, _weight, _bias, _added;
    readonly int _rows, _columns, _step, _bands, _bandRows, _images, _copyColumns, _parts, _pieces;     // rows and columns of y; a band is rows of y, a piece is columns, a part is panels
    readonly nint _pixel;                                                               // bytes from pixel to pixel of what the loop reads
    readonly bool _copies;

    DirectForward(in ConvShape shape, T* x, T* y, Tail tail, byte* mask, byte* weight, byte* bias, T* added)
    {
        (_shape, _pool, _isBounded) = (shape, tail.Pool, !double.IsPositiveInfinity(tail.Ceiling));
        _x = (byte*)x; _y = (byte*)y; _mask = mask; _weight = weight; _bias = bias; _added = (byte*)added;
        _panels = Output(shape);
        _step = _pool == ConvPool.None ? 1 : 2;
        (_rows, _columns) = (shape.OutHeight / _step, shape.OutWidth / _step);
        bool odd = shape.IsDepthwise && _panels.Padded != shape.InChannels;
        _copies = odd || shape.IsPadded && !(shape.IsDepthwise && _pool == ConvPool.None);               // few numbers meet a pixel of a depthwise one: a copy costs more than its borders
        _pixel = (shape.IsDepthwise ? _panels.Padded : shape.InChannels) * sizeof(T);
        _copyColumns = (_columns * _step - 1) * shape.StrideWidth + (shape.KernelWidth - 1) * shape.DilationWidth + 1;

        int wanted = 4 * Threads.Count;
        bool heavy = mask == null && shape.Batch < wanted && (long)shape.Taps * shape.GroupIn * _panels.Padded > (long)shape.Height * shape.Width * shape.InChannels;
        _parts = heavy ? Min(_panels.Count, (wanted + shape.Batch - 1) / Max(1, shape.Batch)) : 1;          // weights that are more than an image are read once; panels share bytes of a mask
        _bandRows = heavy || shape.Batch >= wanted ? _rows : Max(1, (int)((long)_rows * shape.Batch / wanted));
        if (_copies) while (_bandRows > 1 && CopyRows(_bandRows) * _copyColumns * _pixel > CopyBytes) _bandRows = (_bandRows + 1) / 2;
        _bands = (_rows + _bandRows - 1) / Max(1, _bandRows);
        _pieces = _rows == 1 && !heavy && !_copies && _step == 1 && shape.Batch < wanted ? Max(1, Min((wanted + shape.Batch - 1) / shape.Batch, _columns / LeastPiece)) : 1;
        _images = _bands == 1 ? Max(1, Min(shape.Batch / wanted, 256 / (_rows * _columns))) : 1;
    }

    static Panels Output(in ConvShape shape) => new(shape.OutChannels, shape.IsDepthwise ? 1 : shape.Groups, 2 * V.Size / sizeof(T));

    public static void Run(in ConvShape shape, T* x, T* weight, T* bias, T* y, Tail tail, byte* mask, T* scale,
        KeptWeights.Source kept, T* added)
    {
        var s = tail.Pool == ConvPool.None ? shape.Flatten() : shape;
        var panels = Output(s);
        if (s.Batch == 0 || tail.Pool != ConvPool.None && (s.OutHeight < 2 || s.OutWidth < 2)) return;
        nint weightBytes = (nint)s.Taps * s.GroupIn * panels.Padded * sizeof(T);
        var reader = new KeptWeights.Reader(nameof(DirectForward<,>), panels.Lanes, s.IsDepthwise ? 1 : s.Groups);
        var block = kept.Find(reader);
        using var scratch = Scratch.Rent((block is null ? weightBytes : 0) + (panels.Padded + 2) * sizeof(T));
        T* packed = (T*)(block is null ? scratch.Pointer : block.Pointer), packedBias = (T*)(scratch.Pointer + (block is null ? weightBytes : 0));
        if (block is null)
        {
            Workers.Run(panels.Count, new PackWeights<T>(s, panels, weight, scale, packed));
            kept.Offer(reader, (byte*)packed, weightBytes);
        }
        PackWeights<T>.Bias(panels, bias, tail, packedBias);
        var work = new DirectForward<V, T>(s, x, y, tail, mask, (byte*)packed, (byte*)packedBias, added);
        Workers.Run((s.Batch + work._images - 1) / work._images * work._bands * work._pieces * work._parts, work);
        GC.KeepAlive(block);
    }

    int CopyRows(int bandRows) => (bandRows * _step - 1) * _shape.StrideHeight + (_shape.KernelHeight - 1) * _shape.DilationHeight + 1;

    public void Run(int item)
    {
        int part = item % _parts, first = part * _panels.Count / _parts, last = (part + 1) * _panels.Count / _parts;
        item /= _parts;
        var cut = new Cut(_columns, _pieces);
        int piece = item % _pieces, left = (int)cut[piece], columns = (int)cut[piece + 1] - left;
        item /= _pieces;
        int image = item / _bands * _images, images = Min(_images, _shape.Batch - image);
        int top = item % _bands * _bandRows, rows = Min(_bandRows, _rows - top);
        int copyRows = CopyRows(rows), inTop = top * _step * _shape.StrideHeight - _shape.PaddingHeight;
        nint line = (_copies ? _copyColumns : _shape.Width) * _pixel, imageBytes = (nint)_shape.Height * _shape.Width * _shape.InChannels * sizeof(T);
        nint copyBytes = _copies ? copyRows * line : 0, edge = _panels.Lanes * sizeof(T);
        using var scratch = Scratch.Rent(images * copyBytes + columns * ((_added == null ? 1 : 2) * edge + Mask.Bytes));
        byte* a = _x + image * imageBytes + inTop * line;
        if (_copies)
        {
            a = scratch.Pointer;
            for (int i = 0; i < images; i++)
                PaddedRows.Copy(_x + (image + i) * imageBytes, _shape.Height, _shape.Width, _shape.InChannels * sizeof(T), a + i * copyBytes,
                    inTop, copyRows, -_shape.PaddingWidth, _copyColumns, _pixel);
        }
        byte* narrow = scratch.Pointer + images * copyBytes;                                             // [columns, lanes], what is added to them, and bits
        nint panelBytes = (nint)_shape.Taps * _shape.GroupIn * edge;
        int block = (int)Clamp(L2 / panelBytes, 1, _panels.Count);
        for (int from = first; from < last; from += block)
            for (int i = 0; i < images; i++)
                for (int row = 0; row < rows; row++)
                    for (int panel = from; panel < Min(from + block, last); panel++)
                        Row(image + i, top + row, left, columns, panel, a + i * (_copies ? copyBytes : imageBytes) + row * _step * _shape.StrideHeight * line, line,
                            panelBytes, narrow);
    }

    void Row(int image, int row, int left, int columns, int panel, byte* a, nint line, nint panelBytes, byte* narrow)
    {
        int channels = _shape.OutChannels * sizeof(T), width = _panels.Width(panel) * sizeof(T), edge = _panels.Lanes * sizeof(T);
        nint pixel = ((nint)image * _rows + row) * _columns + left, maskPixel = Mask<V>.Pixel(_panels);
        byte* c = _y + pixel * channels + _panels.From(panel) * sizeof(T);
        bool whole = width == edge, merges = _shape.DilationWidth == 1 && _shape.Groups == 1;
        int steps = _shape.KernelWidth * _shape.GroupIn;
        var tile = new ConvTile
        {
            B = _weight + panel * panelBytes, CRow = whole ? channels : edge, MaskRow = _mask == null ? 0 : Mask<V>.IsNarrow ? Mask.Bytes : maskPixel,
            ARow = _shape.StrideWidth * _pixel, ADown = _shape.StrideHeight * line, ALine = _shape.DilationHeight * line, Lines = _shape.KernelHeight,
            BLine = _shape.KernelWidth * _shape.GroupIn * edge, BStep = edge,
            Taps = 1, Steps = _shape.KernelWidth, AStep = _shape.DilationWidth * _pixel,               // depthwise
        };
        if (merges) (tile.Steps, tile.AStep) = (steps, sizeof(T));
        else if (!_shape.IsDepthwise) (tile.Taps, tile.ATap, tile.Steps, tile.AStep) = (_shape.KernelWidth, tile.AStep, _shape.GroupIn, sizeof(T));

        if (_shape.PaddingHeight > 0 && _pool == ConvPool.None)                                           // lines of the border are zeros
        {
            var (skipped, end) = _shape.LinesInside(row);
            tile.Lines = end - skipped;
            tile.B += skipped * tile.BLine;
            a += skipped * tile.ALine;
        }
        a += left * tile.ARow;
        a += _shape.IsDepthwise ? panel * edge : _panels.GroupOf(panel) * _shape.GroupIn * sizeof(T);
        byte* to = whole ? c : narrow, bits = _mask == null ? null : _mask + pixel * maskPixel + Mask<V>.At(_panels, panel);
        byte* mask = bits != null && Mask<V>.IsNarrow ? narrow + columns * edge : bits, added = _added;
        if (added != null) added += c - _y;
        if (added != null && !whole)
        {
            byte* beside = narrow + columns * edge;
            for (int i = 0; i < columns; i++) Buffer.MemoryCopy(added + (nint)i * channels, beside + i * edge, width, width);
            added = beside;
        }
        var finish = new Finish<V>(_bias + panel * edge, _bias + _panels.Padded * sizeof(T));
        if (_shape.IsDepthwise) Depthwise(tile, left, columns, a, to, mask, finish, added); else Tiles<Row<V>>(tile, columns, a, to, mask, finish, added);
        if (mask != bits) Mask<V>.Join(mask, bits, maskPixel, Mask<V>.Shift(_panels, panel), columns);
        if (whole) return;
        for (int i = 0; i < columns; i++) Buffer.MemoryCopy(narrow + i * edge, c + (nint)i * channels, width, width);
    }

    void Depthwise(ConvTile tile, int left, int columns, byte* a, byte* to, byte* mask, Finish<V> finish, byte* added)
    {
        if (_copies || _shape.PaddingWidth == 0)
        {
            Tiles<Lanes<V>>(tile, columns, a, to, mask, finish, added);
            return;
        }
        byte* weight = tile.B;
        var (inside, outside) = _shape.ColumnsInside;
        for (int column = left, next; column < left + columns; column = next)
        {
            bool whole = column >= inside && column < outside;
            next = whole ? Min(outside, left + columns) : column + 1;
            var (from, end) = _shape.TapsInside(column);
            tile.Steps = end - from;
            tile.B = weight + from * tile.BStep;
            nint at = (column - left) * tile.CRow;
            Tiles<Lanes<V>>(tile, next - column, a + (column - left) * tile.ARow - _shape.PaddingWidth * _pixel + from * tile.AStep, to + at, mask, finish, added == null ? null : added + at);
        }
    }

    void Tiles<R>(in ConvTile tile, int columns, byte* a, byte* to, byte* mask, Finish<V> finish, byte* added) where R : unmanaged, IPixel<V>
    {
        if (added != null) Later<R, FinishAdded<V>>(tile, columns, a, to, new(finish.Bias, finish.Bounds, (nint)(added - to)));
        else if (_isBounded) Later<R, FinishBounded<V>>(tile, columns, a, to, new(finish.Bias, finish.Bounds));
        else if (_pool == ConvPool.None) ConvKernel<V, R, Finish<V>>.Pixels(tile, a, to, columns, finish);
        else if (_pool == ConvPool.Average) Pooled<R, FinishAverage<V>>(tile, columns, a, to, mask, new(finish));
        else Pooled<R, FinishMax<V>>(tile, columns, a, to, mask, new(finish));
    }

    // Where more is done at the end, the compiler would no longer keep the sums in registers: it is done while they lie in the first cache.
    static void Later<R, E>(in ConvTile tile, int columns, byte* a, byte* to, E finish) where R : unmanaged, IPixel<V> where E : struct, IEpilogue<V>
    {
        for (int done = 0, some; done < columns; done += some, a += some * tile.ARow, to += some * tile.CRow)
        {
            some = Min(LaterPixels, columns - done);
            ConvKernel<V, R, Write<V>>.Pixels(tile, a, to, some, default);
            Finish(to, tile.CRow, some, finish);
        }
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    static void Finish<E>(byte* c, nint row, int pixels, E finish) where E : struct, IEpilogue<V>
    {
        for (; pixels > 0; pixels--, c += row)
        {
            finish.Apply(V.Load(c), c, 0).Store(c);
            finish.Apply(V.Load(c + V.Size), c + V.Size, V.Size).Store(c + V.Size);
        }
    }

    void Pooled<R, E>(in ConvTile tile, int columns, byte* a, byte* to, byte* mask, E finish) where R : unmanaged, IPixel<V> where E : struct, IPooling<V>
    {
        if (!NineTaps<V>.Fit(_shape)) PooledKernel<V, R, E>.Pixels(tile, a, to, mask, columns, finish);
        else NineTaps<V>.PooledForward(a, tile.ALine, tile.B, to, tile.CRow, mask, tile.MaskRow, columns, finish);
    }
}
