using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Math;

namespace Candeia.Kernels;

/// <summary>
/// The three gradients of a convolution in one pass. A unit is some rows of an image (or some tiny images): the gradient of its sums is written
/// to a thread's scratch with a halo of zeros; the input gradient is a convolution of that with reversed weights, the weight gradient a sum of
/// outer products over its pixels. An item is a fixed run of units with a copy of the weight gradient of its own, and the copies are added in
/// order: neither depends on the number of threads.
/// </summary>
internal unsafe struct DirectBackward<V, T> : IWork where V : unmanaged, ISimd<V> where T : unmanaged, IFloatingPointIeee754<T>
{
    const int L2 = 512 << 10, BandBytes = 320 << 10, DotBytes = 32 << 10, MostPartialBytes = 16 << 20;
    static readonly int s_edge = 2 * V.Size;

    readonly ConvShape _shape;
    readonly Panels _out, _in;
    readonly OutputGradient<V> _gradient;
    readonly byte* _x, _dx;
    readonly bool _weights, _copies, _nine;
    readonly int _bandRows, _bands, _images, _units, _items;
    readonly int _left, _columns;                       // halo before a row of the gradient, and all its columns
    // bytes of a pixel of the gradient, of a pixel of x as the loop reads it, of a partial weight gradient and its bias
    readonly nint _pitch, _pixel, _partialBytes;
    byte* _packed, _partials;

    DirectBackward(in ConvShape shape, T* x, T* dy, T* y, ConvPool pool, byte* mask, T* dx, bool dw)
    {
        int lanes = s_edge / sizeof(T), groups = shape.IsDepthwise ? 1 : shape.Groups;
        (_shape, _out, _in) = (shape, new(shape.OutChannels, groups, lanes), new(shape.InChannels, groups, lanes));
        _gradient = new(shape, _out, (byte*)dy, (byte*)y, pool, mask);
        _x = (byte*)x; _dx = (byte*)dx; _weights = dw;
        _pitch = _out.Padded * sizeof(T);
        _copies = dw && (shape.IsPadded || shape.IsDepthwise && _in.Padded != shape.InChannels);
        _pixel = (shape.IsDepthwise ? _in.Padded : shape.InChannels) * sizeof(T);
        _nine = dw && dx == null && pool != ConvPool.None && NineTaps<V>.Fit(shape) && _out.Padded == shape.OutChannels;
        _partialBytes = ((dw ? (nint)shape.Taps * shape.GroupIn : 0) + 1) * _pitch;

        int right = 0;
        for (int phase = 0; phase < shape.StrideWidth && dx != null; phase++)
        {
            var axis = Columns(phase);
            int inputs = axis.Before(shape.Width);
            if (inputs == 0 || axis.Taps == 0) continue;
            _left = Max(_left, -axis.Offset);
            right = Max(right, axis.Last(inputs - 1) - (shape.OutWidth - 1));
        }
        _columns = _left + shape.OutWidth + right;

        int height = shape.OutHeight;
        nint rowBytes = _columns * _pitch + (dw ? shape.StrideHeight * shape.Width * _pixel : 0);
        long fit = Min(BandBytes / rowBytes - (shape.KernelHeight - 1), ((long)shape.Batch * height + 15) / 16);
        _bands = (int)((height + Max(1, fit) - 1) / Max(1, fit));
        _bandRows = (height + _bands - 1) / _bands;
        if (_nine) _bandRows = (_bandRows + 1) / 2 * 2;
        _bands = (height + _bandRows - 1) / _bandRows;
        long items = Clamp(MostPartialBytes / _partialBytes, 8, 32);
        _images = _bands == 1 ? (int)Max(1, Min(shape.Batch / items, 256 / (height * shape.OutWidth))) : 1;
        _units = (shape.Batch + _images - 1) / _images * _bands;
        _items = (int)Clamp(items, 1, Max(1, _units));
    }

    public static void Run(in ConvShape shape, T* x, T* weight, T* dy, T* y, ConvPool pool, byte* mask, T* dx, T* dw, T* db)
    {
        var work = new DirectBackward<V, T>(pool == ConvPool.None ? shape.Flatten() : shape, x, dy, y, pool, mask, dx, dw != null);
        nint packedBytes = dx == null ? 0 : (nint)shape.Taps * (work._shape.IsDepthwise ? 1 : shape.GroupOut) * work._in.Padded * sizeof(T);
        using var scratch = Scratch.Rent(packedBytes + work._items * work._partialBytes);
        work._packed = scratch.Pointer;
        work._partials = scratch.Pointer + packedBytes;
        if (dx != null) work.Pack(weight);
        Workers.Run(work._items, work);
        if (dw != null || db != null)
            Workers.Run(work._out.Count, new GatherWeights<V, T>(work._shape, work._out, work._partials, work._partialBytes, work._items, dw, db));
    }

    void Pack(T* weight)
    {
        T* to = (T*)_packed;
        for (int y = 0; y < _shape.StrideHeight; y++)
            for (int x = 0; x < _shape.StrideWidth; x++)
            {
                GradientAxis rows = Rows(y), columns = Columns(x);
                Workers.Run(_in.Count, new PackTransposed<T>(_shape, _in, rows, columns, weight, to));
                to += _in.Count * PanelBytes(rows, columns) / sizeof(T);
            }
    }

    readonly GradientAxis Rows(int phase) => new(phase, _shape.KernelHeight, _shape.StrideHeight, _shape.PaddingHeight, _shape.DilationHeight);
    readonly GradientAxis Columns(int phase) => new(phase, _shape.KernelWidth, _shape.StrideWidth, _shape.PaddingWidth, _shape.DilationWidth);
    readonly nint PanelBytes(GradientAxis rows, GradientAxis columns) =>
        (nint)rows.Taps * columns.Taps * (_shape.IsDepthwise ? 1 : _shape.GroupOut) * s_edge;

    public readonly void Run(int item)
    {
        byte* partial = _partials + item * _partialBytes;
        new Span<byte>(partial, checked((int)_partialBytes)).Clear();
        for (int unit = (int)((long)_units * item / _items); unit < (int)((long)_units * (item + 1) / _items); unit++)
        {
            int image = unit / _bands * _images, top = unit % _bands * _bandRows;
            Unit(image, Min(_images, _shape.Batch - image), top, Min(_shape.OutHeight, top + _bandRows), partial);
        }
    }

    /// <summary>Rows <paramref name="top"/> … of the outputs of some images, and the rows of the inputs that lie beside them.</summary>
    readonly void Unit(int image, int images, int top, int end, byte* partial)
    {
        int inTop = Min(_shape.Height, top * _shape.StrideHeight);
        int inEnd = end == _shape.OutHeight ? _shape.Height : Min(_shape.Height, end * _shape.StrideHeight);
        int first = top, last = end - 1;                                                                // rows of the gradient that are needed
        for (int phase = 0; phase < _shape.StrideHeight && _dx != null; phase++)
        {
            var axis = Rows(phase);
            if (axis.Taps == 0 || axis.Before(inTop) == axis.Before(inEnd)) continue;
            first = Min(first, axis.Before(inTop) + axis.Offset);
            last = Max(last, axis.Last(axis.Before(inEnd) - 1));
        }
        nint line = _columns * _pitch, gradientBytes = (last - first + 1) * line;
        int xRows = (end - top - 1) * _shape.StrideHeight + (_shape.KernelHeight - 1) * _shape.DilationHeight + 1;
        int xColumns = (_shape.OutWidth - 1) * _shape.StrideWidth + (_shape.KernelWidth - 1) * _shape.DilationWidth + 1;
        nint xLine = (_copies ? xColumns : _shape.Width) * _pixel, imageBytes = (nint)_shape.Height * _shape.Width * _shape.InChannels * sizeof(T);
        nint xBytes = _copies ? xRows * xLine : 0;

        if (_nine) gradientBytes = 0;
        using var scratch = Scratch.Rent(images * (gradientBytes + xBytes) + _shape.Width * s_edge);
        byte* gradient = scratch.Pointer, x = gradient + images * gradientBytes, narrow = x + images * xBytes;
        byte* bias = partial + _partialBytes - _pitch;
        for (int i = 0; i < images && !_nine; i++)
            for (int row = first; row <= last; row++)
                GradientRow(image + i, row, gradient + i * gradientBytes + (row - first) * line, row >= top && row < end ? bias : null);
        if (_dx != null) InputGradient(image, images, inTop, inEnd, gradient, gradientBytes, first, narrow);
        if (!_weights) return;
        if (_copies)
            for (int i = 0; i < images; i++)
                PaddedRows.Copy(_x + (image + i) * imageBytes, _shape.Height, _shape.Width, _shape.InChannels * sizeof(T), x + i * xBytes,
                    top * _shape.StrideHeight - _shape.PaddingHeight, xRows, -_shape.PaddingWidth, xColumns, _pixel);
        else x = _x + image * imageBytes + top * _shape.StrideHeight * xLine;
        if (_nine)
        {
            for (int i = 0; i < images; i++)
                _gradient.Nine(image + i, top / 2, Min(end, _shape.OutHeight / 2 * 2) / 2 - top / 2, x + i * (_copies ? xBytes : imageBytes), xLine,
                    partial, _pitch, bias);
            return;
        }
        byte* own = gradient + (top - first) * line + _left * _pitch;
        int some = (int)Clamp(DotBytes / (_shape.OutWidth * s_edge), 1, end - top);                     // rows whose panel of gradients stays in L1
        for (int row = 0; row < end - top; row += some)
            WeightGradient(x + row * _shape.StrideHeight * xLine, xLine, _copies ? xBytes : imageBytes, own + row * line, gradientBytes, images,
                Min(some, end - top - row), partial);
    }

    readonly void GradientRow(int image, int row, byte* to, byte* bias)
    {
        if (row < 0 || row >= _shape.OutHeight) { Clear(to, _columns); return; }
        Clear(to, _left);
        _gradient.Row(image, row, to + _left * _pitch, bias);
        Clear(to + (_left + _shape.OutWidth) * _pitch, _columns - _left - _shape.OutWidth);
    }
    readonly void Clear(byte* to, int pixels) => Unsafe.InitBlockUnaligned(to, 0, checked((uint)(pixels * _pitch)));

    readonly void InputGradient(int image, int images, int top, int end, byte* gradient, nint gradientBytes, int first, byte* narrow)
    {
        byte* packed = _packed;
        int channels = _shape.InChannels * sizeof(T);
        for (int y = 0; y < _shape.StrideHeight; y++)
            for (int x = 0; x < _shape.StrideWidth; x++)
            {
                GradientAxis rows = Rows(y), columns = Columns(x);
                nint panelBytes = PanelBytes(rows, columns);
                var tile = InputTile(rows, columns);
                int pixels = columns.Before(_shape.Width), block = (int)Clamp(L2 / Max(1, panelBytes), 1, _in.Count);
                for (int from = 0; from < _in.Count && pixels > 0; from += block)
                    for (int i = 0; i < images; i++)
                        for (int m = rows.Before(top); m < rows.Before(end); m++)
                            for (int panel = from; panel < Min(from + block, _in.Count); panel++)
                            {
                                int width = _in.Width(panel) * sizeof(T);
                                int channel = (_shape.IsDepthwise ? panel : _in.GroupOf(panel) * _out.PerGroup) * s_edge;
                                nint pixel = ((nint)(image + i) * _shape.Height + y + m * _shape.StrideHeight) * _shape.Width + x;
                                byte* to = _dx + pixel * channels + _in.From(panel) * sizeof(T);
                                byte* a = gradient + i * gradientBytes + ((m + rows.Offset - first) * _columns + columns.Offset + _left) * _pitch
                                    + channel;
                                tile.B = packed + panel * panelBytes;
                                bool whole = width == s_edge;
                                tile.CRow = whole ? _shape.StrideWidth * channels : s_edge;
                                if (_shape.IsDepthwise) ConvKernel<V, Lanes<V>, Write<V>>.Pixels(tile, a, whole ? to : narrow, pixels, default);
                                else ConvKernel<V, Row<V>, Write<V>>.Pixels(tile, a, whole ? to : narrow, pixels, default);
                                for (int p = 0; p < pixels && !whole; p++)
                                    Buffer.MemoryCopy(narrow + p * s_edge, to + (nint)p * _shape.StrideWidth * channels, width, width);
                            }
                packed += _in.Count * panelBytes;
            }
    }

    readonly ConvTile InputTile(GradientAxis rows, GradientAxis columns)
    {
        var tile = new ConvTile
        {
            Lines = columns.Taps == 0 ? 0 : rows.Taps, ALine = rows.Dilation * _columns * _pitch, ARow = _pitch,
            BLine = columns.Taps * (_shape.IsDepthwise ? 1 : _shape.GroupOut) * s_edge, BStep = s_edge,
            Taps = columns.Taps, ATap = columns.Dilation * _pitch, Steps = _shape.GroupOut, AStep = sizeof(T),
        };
        if (_shape.IsDepthwise) (tile.Taps, tile.Steps, tile.AStep) = (1, columns.Taps, tile.ATap);
        else if (columns.Dilation == 1 && _out.Padded == _shape.GroupOut) (tile.Taps, tile.Steps) = (1, columns.Taps * _shape.GroupOut);
        return tile;
    }

    /// <summary>Adds the outer products of some rows of the gradient with the pixels of x that each tap sees.</summary>
    readonly void WeightGradient(byte* x, nint xLine, nint xImage, byte* gradient, nint gradientImage, int images, int rows, byte* partial)
    {
        bool merges = _shape.DilationWidth == 1 && _shape.Groups == 1;
        var tile = new ConvTile
        {
            Lines = rows, ALine = _shape.StrideHeight * xLine, BLine = _columns * _pitch, Taps = 1, Steps = _shape.OutWidth,
            AStep = _shape.StrideWidth * _pixel, BStep = _pitch,
            ARow = _shape.IsDepthwise ? _shape.DilationWidth * _pixel : sizeof(T), ADown = xLine, CRow = _pitch,
        };
        bool nine = NineTaps<V>.Fit(_shape);
        for (int panel = 0; panel < _out.Count; panel++)
            for (int ky = 0; ky < (nine ? 1 : _shape.KernelHeight); ky++)
                for (int i = 0; i < images; i++)                                                        // inside: the sums stay near
                {
                    tile.B = gradient + i * gradientImage + panel * s_edge;
                    byte* a = x + i * xImage + ky * _shape.DilationHeight * xLine
                        + (_shape.IsDepthwise ? panel * s_edge : _out.GroupOf(panel) * _shape.GroupIn * sizeof(T));
                    byte* to = partial + ky * _shape.KernelWidth * _shape.GroupIn * _pitch + panel * s_edge;
                    if (nine) NineTaps<V>.WeightGradient(tile, a, to);
                    else if (_shape.IsDepthwise) ConvKernel<V, Lanes<V>, Accumulate<V>>.Pixels(tile, a, to, _shape.KernelWidth, default);
                    else if (merges) ConvKernel<V, Row<V>, Accumulate<V>>.Pixels(tile, a, to, _shape.KernelWidth * _shape.GroupIn, default);
                    else
                        for (int kx = 0; kx < _shape.KernelWidth; kx++, a += _shape.DilationWidth * _pixel, to += _shape.GroupIn * _pitch)
                            ConvKernel<V, Row<V>, Accumulate<V>>.Pixels(tile, a, to, _shape.GroupIn, default);
                }
    }
}
