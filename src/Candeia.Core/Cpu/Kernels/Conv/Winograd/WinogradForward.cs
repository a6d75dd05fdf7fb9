using System.Runtime.CompilerServices;
using static System.Math;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// Forward by F(4×4, 3×3): a chunk of tiles is transformed, multiplied frequency by frequency and panel by panel, transformed back, and finished as a
/// direct convolution finishes. While it multiplies, it asks for the memory that comes next. An item is some chunks.
/// </summary>
internal readonly unsafe struct WinogradForward<V> : IWork where V : unmanaged, ISimd<V>
{
    static readonly int s_edge = 2 * V.Size;

    readonly ConvShape _shape;
    readonly WinogradTiles _tiles;
    readonly ConvPool _pool;
    readonly int _height, _width, _panels, _item, _parts;  // of y; tiles of an item; into how many its panels are divided
    readonly byte* _x, _y, _mask, _weight, _bias, _added;
    readonly bool _isBounded;                              // also above
    readonly nint _maskPixel;

    WinogradForward(in ConvShape shape, float* x, float* y, Tail tail, byte* mask, byte* weight, byte* bias, float* added)
    {
        (_shape, _pool, _tiles) = (shape, tail.Pool, new(shape, tail.Pool, V.Registers));
        _added = (byte*)added;
        _isBounded = !double.IsPositiveInfinity(tail.Ceiling);
        int step = _pool == ConvPool.None ? 1 : 2;
        _item = _tiles.Chunk * Clamp(_tiles.Total / (_tiles.Chunk * 4 * Threads.Count), 1, 8);
        (_height, _width, _panels) = (shape.OutHeight / step, shape.OutWidth / step, shape.OutChannels * V.Element / s_edge);
        int items = (_tiles.Total + _item - 1) / _item;                     // few tiles are multiplied with some panels each
        _parts = mask != null || items == 0 || items >= 2 * Threads.Count ? 1 : Min(_panels, (2 * Threads.Count + items - 1) / items);
        _x = (byte*)x; _y = (byte*)y; _mask = mask; _weight = weight; _bias = bias;
        _maskPixel = Mask.Blocks(shape) * Mask.Bytes;
    }

    public static void Run(in ConvShape shape, float* x, float* weight, float* bias, float* y, Tail tail, byte* mask, float* scale,
        KeptWeights.Source kept, float* added)
    {
        var panels = new Panels(shape.OutChannels, 1, s_edge / sizeof(float));
        nint biasBytes = shape.OutChannels * sizeof(float), packedBytes = shape.InChannels * shape.Taps * biasBytes,
            weightBytes = shape.InChannels * WinogradTiles.Frequencies * biasBytes;
        var reader = new KeptWeights.Reader(nameof(Winograd), panels.Lanes, 1);
        var block = kept.Find(reader);
        using var scratch = Scratch.Rent(biasBytes + 2 * sizeof(float) + (block is null ? packedBytes + weightBytes : 0));
        byte* packedBias = scratch.Pointer + (block is null ? packedBytes + weightBytes : 0), transformed = block is null ? scratch.Pointer : block.Pointer;
        PackWeights<float>.Bias(panels, bias, tail, (float*)packedBias);
        if (block is null)
        {
            byte* packed = transformed + weightBytes;
            Workers.Run(panels.Count, new PackWeights<float>(shape, panels, weight, scale, (float*)packed));
            Workers.Run(panels.Count, new WinogradFilter<V>(packed, shape.InChannels, reversed: false, transformed));
            kept.Offer(reader, transformed, weightBytes);
        }
        var work = new WinogradForward<V>(shape, x, y, tail, mask, transformed, packedBias, added);
        Workers.Run((work._tiles.Total + work._item - 1) / work._item * work._parts, work);
        GC.KeepAlive(block);
    }

    public void Run(int item)
    {
        nint pixel = _shape.InChannels * sizeof(float), inputs = _tiles.Stride(pixel), outputs = _tiles.Stride(s_edge);
        using var scratch = Scratch.Rent(WinogradTiles.Frequencies * (inputs + outputs) + Max(WinogradInput<V>.PatchBytes(_shape), 16 * s_edge));
        byte* a = scratch.Pointer, products = a + WinogradTiles.Frequencies * inputs, patch = products + WinogradTiles.Frequencies * outputs;
        int part = item % _parts, first = part * _panels / _parts, last = (part + 1) * _panels / _parts;
        item /= _parts;
        int end = Min((item + 1) * _item, _tiles.Total);
        for (int from = item * _item; from < end; from += _tiles.Chunk)
            Chunk(from, Min(_tiles.Chunk, end - from), Min(_tiles.Chunk, end - from - _tiles.Chunk), first, last, a, inputs, products, outputs, patch);
    }

    void Chunk(int from, int count, int next, int first, int last, byte* a, nint inputs, byte* products, nint outputs, byte* patch)
    {
        var input = new WinogradInput<V>(_shape, _x);
        nint pixel = _shape.InChannels * sizeof(float);
        var at = _tiles[from];
        for (int i = 0; i < count; i++, _tiles.Advance(ref at)) input.Transform(at.Image, at.Top, at.Left, a + i * pixel, inputs, patch);
        var tile = new ConvTile
        {
            Lines = 1, Taps = 1, Steps = _shape.InChannels, ARow = pixel, AStep = sizeof(float), BStep = s_edge, CRow = s_edge,
            B = _weight + (nint)first * WinogradTiles.Frequencies * _shape.InChannels * s_edge,
        };
        for (int panel = first; panel < last; panel++)
        {
            var ahead = _tiles[from];
            for (int f = 0; f < WinogradTiles.Frequencies; f++, tile.B += _shape.InChannels * s_edge)
            {
                ConvKernel<V, Row<V>, Write<V>>.Pixels(tile, a + f * inputs, products + f * outputs, count, default);
                if (f < count) { Expect(ahead, panel); _tiles.Advance(ref ahead); }
                if (panel == last - 1 && f < next) { input.Expect(at.Image, at.Top, at.Left); _tiles.Advance(ref at); }
            }
            var finish = new Finish<V>(_bias + panel * s_edge, _bias + _panels * s_edge);
            var done = _tiles[from];
            for (int i = 0; i < count; i++, _tiles.Advance(ref done))
            {
                Square<V, OutputTransform<V>, OutputTransform<V>>.Run(products + i * s_edge, 6 * outputs, outputs, patch, 4 * s_edge, s_edge, 2);
                if (_added != null) Write(done, panel, patch, new FinishAdded<V>(finish.Bias, finish.Bounds, (nint)(_added - _y)));
                else if (_isBounded) Write(done, panel, patch, new FinishBounded<V>(finish.Bias, finish.Bounds));
                else if (_pool == ConvPool.None) Write(done, panel, patch, finish);
                else if (_pool == ConvPool.Average) Pool(done, panel, patch, new FinishAverage<V>(finish));
                else Pool(done, panel, patch, new FinishMax<V>(finish));
            }
        }
    }

    /// <summary>Asks for the memory of a panel of a tile's outputs, before they are written.</summary>
    void Expect((int Image, int Top, int Left) at, int panel)
    {
        int step = _pool == ConvPool.None ? 1 : 2, size = 4 / step, top = at.Top / step, left = at.Left / step;
        for (int y = top; y < top + size && y < _height; y++)
            for (int x = left; x < left + size && x < _width; x++)
            {
                nint pixel = ((nint)at.Image * _height + y) * _width + x, panels = pixel * _panels + panel;
                V.Prefetch(_y + panels * s_edge);
                V.Prefetch(_y + panels * s_edge + V.Size);
                if (_mask != null) V.Prefetch(_mask + pixel * _maskPixel + Mask<V>.At(panel));
            }
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    void Write<E>((int Image, int Top, int Left) at, int panel, byte* sums, E finish) where E : struct, IEpilogue<V>
    {
        int height = _height - at.Top, width = _width - at.Left;
        if (height > 4) height = 4;
        if (width > 4) width = 4;
        nint pixel = _shape.OutChannels * sizeof(float);
        byte* row = _y + (((nint)at.Image * _height + at.Top) * _width + at.Left) * pixel + panel * 2 * V.Size;
        for (int i = 0; i < height; i++, row += _width * pixel)
        {
            byte* to = row, from = sums + i * 8 * V.Size;
            for (int j = 0; j < width; j++, to += pixel, from += 2 * V.Size)
            {
                finish.Apply(V.Load(from), to, 0).Store(to);
                finish.Apply(V.Load(from + V.Size), to + V.Size, V.Size).Store(to + V.Size);
            }
        }
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    void Pool<E>((int Image, int Top, int Left) at, int panel, byte* sums, E finish) where E : struct, IPooling<V>
    {
        int top = at.Top / 2, left = at.Left / 2, height = _height - top, width = _width - left, lanes = V.Size / V.Element;
        byte* mask = _mask == null ? null : _mask + Mask<V>.At(panel);
        for (int i = 0; i < 2 && i < height; i++)
            for (int j = 0; j < 2 && j < width; j++)
            {
                nint pixel = ((nint)at.Image * _height + top + i) * _width + left + j;
                byte* p = sums + (i * 16 + j * 4) * V.Size, q = p + 2 * V.Size, r = p + 8 * V.Size, s = p + 10 * V.Size,
                    to = _y + (pixel * _panels + panel) * 2 * V.Size;
                finish.Pool(V.Load(p), V.Load(q), V.Load(r), V.Load(s), 0, out uint p0, out uint q0, out uint r0, out uint s0).Store(to);
                finish.Pool(V.Load(p + V.Size), V.Load(q + V.Size), V.Load(r + V.Size), V.Load(s + V.Size), V.Size,
                    out uint p1, out uint q1, out uint r1, out uint s1).Store(to + V.Size);
                if (mask == null) continue;
                Mask<V>.Write(mask + pixel * _maskPixel, p0 | p1 << lanes, q0 | q1 << lanes, r0 | r1 << lanes, s0 | s1 << lanes);
            }
    }
}
