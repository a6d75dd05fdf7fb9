using static System.Math;

namespace Candeia.Kernels;

/// <summary>
/// The gradients in the adjoint form of F(4×4, 3×3) where there are many channels and few tiles: all tiles of some images are transformed first, then
/// each frequency is a product of its own, so that there is one gradient of the weights and not one per share of the batch.
/// </summary>
internal unsafe struct WinogradDeepBackward<V> where V : unmanaged, ISimd<V>
{
    const int SlabTiles = 256, Gap = 64, MostParts = 32;         // a sum over more tiles would lose digits
    static readonly int s_edge = 2 * V.Size;

    readonly ConvShape _shape;
    readonly WinogradTiles _tiles;
    readonly OutputGradient<V> _gradient;
    readonly byte* _x, _dx;
    readonly bool _weights;
    readonly nint _in, _out;                                    // bytes of a pixel of x and of y
    readonly int _inPanels, _outPanels, _images;                // images of a slab
    byte* _g, _a, _products, _filter, _sums, _biases;           // [36][tiles][oc], [36][tiles][ic], [panel][36][tiles][lanes] …
    int _first, _count, _parts;                                 // tiles of the slab at work, and into how many parts they are divided

    WinogradDeepBackward(in ConvShape shape, float* x, float* dy, float* y, ConvPool pool, byte* mask, float* dx, bool dw)
    {
        (_shape, _tiles, _weights) = (shape, new(shape, pool, V.Registers), dw);
        _gradient = new(shape, new(shape.OutChannels, 1, s_edge / sizeof(float)), (byte*)dy, (byte*)y, pool, mask);
        _x = (byte*)x; _dx = (byte*)dx;
        (_in, _out) = (shape.InChannels * sizeof(float), shape.OutChannels * sizeof(float));
        (_inPanels, _outPanels) = ((int)_in / s_edge, (int)_out / s_edge);
        _images = Clamp(SlabTiles / _tiles.PerImage, 1, shape.Batch);
    }

    public static void Run(in ConvShape shape, float* x, float* weight, float* dy, float* y, ConvPool pool, byte* mask, float* dx, float* dw,
        float* db)
    {
        var work = new WinogradDeepBackward<V>(shape, x, dy, y, pool, mask, dx, dw != null);
        const int F = WinogradTiles.Frequencies;
        int tiles = work._images * work._tiles.PerImage;
        nint g = F * (tiles * work._out + Gap), a = dw == null ? 0 : F * (tiles * work._in + Gap), product = dx == null ? 0 : work._inPanels * F * ((nint)tiles * s_edge + Gap);
        nint weights = shape.InChannels * work._out, filter = dx == null ? 0 : F * weights, packed = dx == null ? 0 : shape.Taps * weights;
        nint sums = dw == null ? 0 : F * weights, biases = MostParts * work._out;
        using var scratch = Scratch.Rent(g + a + product + filter + packed + sums + work._out + biases);
        work._g = scratch.Pointer;
        work._a = work._g + g;
        work._products = work._a + a;
        work._filter = work._products + product;
        work._sums = work._filter + filter;                     // and the sum of the bias behind it, as WinogradGather reads it
        work._biases = work._sums + sums + work._out;
        if (dx != null) work.Filter(weight, (float*)(work._biases + biases));
        new Span<byte>(work._sums + sums, (int)work._out).Clear();
        for (int image = 0; image < shape.Batch; image += work._images) work.Slab(image, Min(work._images, shape.Batch - image), (float*)(work._sums + sums));
        if (dw != null || db != null) new WinogradGather<V>(shape, work._sums, 0, sums, 1, dw, db).Run();
    }

    readonly void Filter(float* weight, float* packed)
    {
        GradientAxis rows = new(0, 3, 1, _shape.PaddingHeight, 1), columns = new(0, 3, 1, _shape.PaddingWidth, 1);
        Workers.Run(_inPanels, new PackTransposed<float>(_shape, new(_shape.InChannels, 1, s_edge / sizeof(float)), rows, columns, weight, packed));
        Workers.Run(_inPanels, new WinogradFilter<V>((byte*)packed, _shape.OutChannels, reversed: true, _filter));
    }

    void Slab(int image, int images, float* bias)
    {
        (_first, _count) = (image * _tiles.PerImage, images * _tiles.PerImage);
        _parts = Clamp(_count / 4, 1, MostParts);
        new Span<byte>(_biases, (int)(_parts * _out)).Clear();
        Workers.Run(_parts, new Transforms(this));
        for (int part = 0; part < _parts; part++)
            for (int i = 0; i < _shape.OutChannels; i++) bias[i] += ((float*)(_biases + part * _out))[i];
        if (_weights) Workers.Run(WinogradTiles.Frequencies * _outPanels, new WeightProducts(this, image > 0));
        if (_dx == null) return;
        Workers.Run(WinogradTiles.Frequencies * _inPanels, new InputProducts(this));
        Workers.Run(images, new Scatter(this, image));
    }

    readonly nint Outputs => _count * _out + Gap;               // bytes from frequency to frequency
    readonly nint Inputs => _count * _in + Gap;
    readonly nint Products => (nint)_count * s_edge + Gap;

    /// <summary>A·dy·Aᵀ and Bᵀ·x·B of a part of the tiles.</summary>
    readonly struct Transforms(in WinogradDeepBackward<V> w) : IWork
    {
        readonly WinogradDeepBackward<V> _w = w;

        public void Run(int item)
        {
            int from = (int)((long)_w._count * item / _w._parts), to = (int)((long)_w._count * (item + 1) / _w._parts);
            using var scratch = Scratch.Rent(Max(WinogradInput<V>.PatchBytes(_w._shape), 36 * s_edge));
            var input = new WinogradInput<V>(_w._shape, _w._x);
            var at = _w._tiles[_w._first + from];
            for (int i = from; i < to; i++, _w._tiles.Advance(ref at))
            {
                for (int panel = 0; panel < _w._outPanels; panel++)
                {
                    _w._gradient.Tile(at.Image, at.Top, at.Left, panel, scratch.Pointer, _w._biases + item * _w._out + panel * s_edge);
                    Square<V, OutputAdjoint<V>, OutputAdjoint<V>>.Run(scratch.Pointer, 4 * s_edge, s_edge, _w._g + i * _w._out + panel * s_edge,
                        6 * _w.Outputs, _w.Outputs, 2);
                }
                if (_w._weights) input.Transform(at.Image, at.Top, at.Left, _w._a + i * _w._in, _w.Inputs, scratch.Pointer);
            }
        }
    }

    /// <summary>The gradient of the weights at a frequency, for a panel of outputs: [panel][36][ic][lanes].</summary>
    readonly struct WeightProducts(in WinogradDeepBackward<V> w, bool add) : IWork
    {
        readonly WinogradDeepBackward<V> _w = w;

        public void Run(int item)
        {
            int f = item / _w._outPanels, panel = item % _w._outPanels;
            var tile = new ConvTile
            {
                Lines = 1, Taps = 1, Steps = _w._count, ARow = sizeof(float), AStep = _w._in, BStep = _w._out, CRow = s_edge,
                B = _w._g + f * _w.Outputs + panel * s_edge,
            };
            byte* a = _w._a + f * _w.Inputs, to = _w._sums + (nint)(panel * WinogradTiles.Frequencies + f) * _w._shape.InChannels * s_edge;
            if (add) ConvKernel<V, Row<V>, Accumulate<V>>.Pixels(tile, a, to, _w._shape.InChannels, default);
            else ConvKernel<V, Row<V>, Write<V>>.Pixels(tile, a, to, _w._shape.InChannels, default);
        }
    }

    /// <summary>The gradient of the transformed inputs at a frequency, for a panel of inputs.</summary>
    readonly struct InputProducts(in WinogradDeepBackward<V> w) : IWork
    {
        readonly WinogradDeepBackward<V> _w = w;

        public void Run(int item)
        {
            int f = item / _w._inPanels, panel = item % _w._inPanels;
            nint place = (nint)panel * WinogradTiles.Frequencies + f;
            var tile = new ConvTile
            {
                Lines = 1, Taps = 1, Steps = _w._shape.OutChannels, ARow = _w._out, AStep = sizeof(float), BStep = s_edge, CRow = s_edge,
                B = _w._filter + place * _w._shape.OutChannels * s_edge,
            };
            ConvKernel<V, Row<V>, Write<V>>.Pixels(tile, _w._g + f * _w.Outputs, _w._products + place * _w.Products, _w._count, default);
        }
    }

    /// <summary>What the tiles of an image have for its inputs.</summary>
    readonly struct Scatter(in WinogradDeepBackward<V> w, int image) : IWork
    {
        readonly WinogradDeepBackward<V> _w = w;

        public void Run(int item)
        {
            using var scratch = Scratch.Rent(36 * s_edge);
            var scatter = new WinogradScatter<V>(_w._shape, _w._dx);
            scatter.Clear(image + item, 1);
            for (int i = item * _w._tiles.PerImage; i < (item + 1) * _w._tiles.PerImage; i++)
            {
                var at = _w._tiles[_w._first + i];
                for (int panel = 0; panel < _w._inPanels; panel++)
                    scatter.Add(at.Image, at.Top, at.Left, panel, _w._products + panel * WinogradTiles.Frequencies * _w.Products + i * s_edge, _w.Products, scratch.Pointer);
            }
        }
    }
}
