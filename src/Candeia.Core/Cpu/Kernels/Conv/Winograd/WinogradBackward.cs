using System.Runtime.CompilerServices;
using static System.Math;

namespace Candeia.Kernels;

/// <summary>
/// The gradients by F(4×4, 3×3) in its adjoint form: A·dy·Aᵀ serves the weights, which meet Bᵀ·x·B again (it is cheaper to compute than to keep), and
/// the inputs.
/// An item is a fixed run of images with a copy of the weight gradient of its own; input patches overlap, but only within an image.
/// </summary>
internal unsafe struct WinogradBackward<V> : IWork where V : unmanaged, ISimd<V>
{
    const int LeastItems = 8, MostItems = 32, PartialBytes = 8 << 20;
    static readonly int s_edge = 2 * V.Size;

    readonly ConvShape _shape;
    readonly WinogradTiles _tiles;
    readonly OutputGradient<V> _gradient;
    readonly byte* _x, _dx;
    readonly bool _weights;
    readonly int _items, _inPanels, _outPanels;
    readonly nint _in, _out, _weightBytes, _partialBytes;      // bytes of a pixel of x and of y; of a partial weight gradient, and with its bias
    byte* _filter, _partials;

    WinogradBackward(in ConvShape shape, float* x, float* dy, float* y, ConvPool pool, byte* mask, float* dx, bool dw)
    {
        (_shape, _tiles, _weights) = (shape, new(shape, pool, V.Registers), dw);
        _gradient = new(shape, new(shape.OutChannels, 1, s_edge / sizeof(float)), (byte*)dy, (byte*)y, pool, mask);
        _x = (byte*)x; _dx = (byte*)dx;
        (_in, _out) = (shape.InChannels * sizeof(float), shape.OutChannels * sizeof(float));
        (_inPanels, _outPanels) = ((int)_in / s_edge, (int)_out / s_edge);
        _weightBytes = dw ? WinogradTiles.Frequencies * shape.InChannels * _out : 0;
        _partialBytes = _weightBytes + _out;
        _items = (int)Clamp(Clamp(PartialBytes / _partialBytes, LeastItems, MostItems), 1, Max(1, shape.Batch));
    }

    public static void Run(in ConvShape shape, float* x, float* weight, float* dy, float* y, ConvPool pool, byte* mask, float* dx, float* dw,
        float* db)
    {
        var work = new WinogradBackward<V>(shape, x, dy, y, pool, mask, dx, dw != null);
        nint packedBytes = dx == null ? 0 : shape.Taps * shape.InChannels * work._out;
        nint filterBytes = dx == null ? 0 : WinogradTiles.Frequencies * shape.InChannels * work._out;
        using var scratch = Scratch.Rent(packedBytes + filterBytes + work._items * work._partialBytes);
        work._filter = scratch.Pointer;
        work._partials = work._filter + filterBytes;
        byte* packed = work._partials + work._items * work._partialBytes;
        if (dx != null)
        {
            GradientAxis rows = new(0, 3, 1, shape.PaddingHeight, 1), columns = new(0, 3, 1, shape.PaddingWidth, 1);
            Workers.Run(work._inPanels, new PackTransposed<float>(shape, new(shape.InChannels, 1, s_edge / sizeof(float)), rows, columns, weight,
                (float*)packed));
            Workers.Run(work._inPanels, new WinogradFilter<V>(packed, shape.OutChannels, reversed: true, work._filter));
        }
        Workers.Run(work._items, work);
        if (dw != null || db != null) new WinogradGather<V>(shape, work._partials, work._partialBytes, work._weightBytes, work._items, dw, db).Run();
    }

    public readonly void Run(int item)
    {
        byte* partial = _partials + item * _partialBytes;
        Unsafe.InitBlockUnaligned(partial, 0, checked((uint)_partialBytes));
        int image = (int)((long)_shape.Batch * item / _items), end = (int)((long)_shape.Batch * (item + 1) / _items);
        int from = image * _tiles.PerImage, to = end * _tiles.PerImage;
        nint inputs = _tiles.Stride(_in), outputs = _tiles.Stride(_out), products = _tiles.Stride(s_edge);
        using var scratch = Scratch.Rent(WinogradTiles.Frequencies * (inputs + outputs + products)
            + Max(WinogradInput<V>.PatchBytes(_shape), 36 * s_edge));
        byte* g = scratch.Pointer, a = g + WinogradTiles.Frequencies * outputs, product = a + WinogradTiles.Frequencies * inputs,
            patch = product + WinogradTiles.Frequencies * products;
        if (_dx != null && from == to) new WinogradScatter<V>(_shape, _dx).Clear(image, end - image);       // pooling dropped all outputs
        for (int count; from < to; from += count)
        {
            count = Min(_tiles.Chunk, to - from);
            Gradients(from, count, g, outputs, patch, partial + _weightBytes);
            if (_weights) Weights(from, count, Min(_tiles.Chunk, to - from - count), g, outputs, a, inputs, patch, partial);
            if (_dx != null) Inputs(from, count, g, outputs, product, products, patch);
        }
    }

    /// <summary>A·dy·Aᵀ of a chunk, [36][tiles][oc].</summary>
    readonly void Gradients(int from, int count, byte* g, nint frequency, byte* patch, byte* bias)
    {
        var at = _tiles[from];
        for (int i = 0; i < count; i++, g += _out, _tiles.Advance(ref at))
            for (int panel = 0; panel < _outPanels; panel++)
            {
                _gradient.Tile(at.Image, at.Top, at.Left, panel, patch, bias + panel * s_edge);
                Square<V, OutputAdjoint<V>, OutputAdjoint<V>>.Run(patch, 4 * s_edge, s_edge, g + panel * s_edge, 6 * frequency, frequency, 2);
            }
    }

    /// <summary>Adds the products of a chunk with Bᵀ·x·B to the partial gradient, [panel][36][ic][lanes].</summary>
    readonly void Weights(int from, int count, int next, byte* g, nint outputs, byte* a, nint inputs, byte* patch, byte* partial)
    {
        var input = new WinogradInput<V>(_shape, _x);
        var at = _tiles[from];
        for (int i = 0; i < count; i++, _tiles.Advance(ref at)) input.Transform(at.Image, at.Top, at.Left, a + i * _in, inputs, patch);
        var tile = new ConvTile { Lines = 1, Taps = 1, Steps = count, ARow = sizeof(float), AStep = _in, BStep = _out, CRow = s_edge };
        for (int panel = 0; panel < _outPanels; panel++)
            for (int f = 0; f < WinogradTiles.Frequencies; f++, partial += _shape.InChannels * s_edge)
            {
                tile.B = g + f * outputs + panel * s_edge;
                ConvKernel<V, Row<V>, Accumulate<V>>.Pixels(tile, a + f * inputs, partial, _shape.InChannels, default);
                if (panel > 0 || f >= next) continue;
                input.Expect(at.Image, at.Top, at.Left);                                                // of the next chunk
                _gradient.Expect(at.Image, at.Top, at.Left);
                _tiles.Advance(ref at);
            }
    }

    /// <summary>Multiplies a chunk by the weights, and adds B·dv·Bᵀ to the inputs that each tile saw.</summary>
    readonly void Inputs(int from, int count, byte* g, nint outputs, byte* product, nint products, byte* patch)
    {
        var scatter = new WinogradScatter<V>(_shape, _dx);
        var at = _tiles[from];
        for (int i = 0; i < count; i++, _tiles.Advance(ref at))
            if (at is { Top: 0, Left: 0 }) scatter.Clear(at.Image, 1);
        var tile = new ConvTile
        {
            Lines = 1, Taps = 1, Steps = _shape.OutChannels, ARow = _out, AStep = sizeof(float), BStep = s_edge, CRow = s_edge, B = _filter,
        };
        for (int panel = 0; panel < _inPanels; panel++)
        {
            for (int f = 0; f < WinogradTiles.Frequencies; f++, tile.B += _shape.OutChannels * s_edge)
                ConvKernel<V, Row<V>, Write<V>>.Pixels(tile, g + f * outputs, product + f * products, count, default);
            at = _tiles[from];
            for (int i = 0; i < count; i++, _tiles.Advance(ref at)) scatter.Add(at.Image, at.Top, at.Left, panel, product + i * s_edge, products, patch);
        }
    }
}
