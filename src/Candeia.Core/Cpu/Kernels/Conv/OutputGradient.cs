using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// The gradient of a convolution's sums, row by row, from that of what it wrote: as it is, where ReLU let the sum pass (y > 0), or spread over the
/// 2×2 that were pooled.
/// Rows are written with the channels in padded panels, and so are the sums of the bias gradient.
/// </summary>
internal readonly unsafe struct OutputGradient<V>(ConvShape shape, Panels panels, byte* dy, byte* y, ConvPool pool, byte* mask)
    where V : unmanaged, ISimd<V>
{
    readonly ConvShape _shape = shape;
    readonly Panels _panels = panels;
    readonly byte* _dy = dy, _y = y, _mask = mask;
    readonly ConvPool _pool = pool;
    readonly int _height = pool == ConvPool.None ? shape.OutHeight : shape.OutHeight / 2;        // of dy
    readonly int _width = pool == ConvPool.None ? shape.OutWidth : shape.OutWidth / 2;
    readonly nint _pixel = shape.OutChannels * V.Element, _maskPixel = Mask<V>.Pixel(panels);

    /// <summary>Writes one row of an image; adds its sum over pixels to <paramref name="bias"/> if that is not null.</summary>
    public void Row(int image, int row, byte* to, byte* bias)
    {
        bool pooled = _pool != ConvPool.None;
        int columns = _width, at = pooled ? row / 2 : row;
        nint pitch = _panels.Padded * V.Element;
        if (pooled && 2 * columns < _shape.OutWidth) new Span<byte>(to + 2 * columns * pitch, (int)pitch).Clear();
        if (at >= _height)
        {
            Unsafe.InitBlockUnaligned(to, 0, (uint)(_shape.OutWidth * pitch));
            return;
        }
        nint pixel = ((nint)image * _height + at) * columns;
        for (int panel = 0; panel < _panels.Count; panel++)
        {
            nint from = (pixel * _shape.OutChannels + _panels.From(panel)) * V.Element;
            byte* target = to + panel * 2 * V.Size, sum = bias == null ? null : bias + panel * 2 * V.Size;
            byte* mask = pooled ? _mask + pixel * _maskPixel + Mask<V>.At(_panels, panel) : null;
            int shift = Mask<V>.Shift(_panels, panel), width = _panels.Width(panel), low = Math.Min(width, V.Size / V.Element), high = width - low;
            for (int half = 0; half < 2; half++)
            {
                int numbers = half == 0 ? low : high;
                if (numbers == 0) Clear(target, pitch, _shape.OutWidth);
                else if (pooled) Pooled(_dy + from, numbers, target, pitch, sum, columns, mask, 2 * (row & 1), half * (V.Size / V.Element) + shift);
                else if (_y != null) Masked(_dy + from, _y + from, numbers, target, pitch, sum, columns);
                else Plain(_dy + from, numbers, target, pitch, sum, columns);
                from += V.Size; target += V.Size; sum = sum == null ? null : sum + V.Size;
            }
        }
    }

    /// <summary>Asks for what <see cref="Tile"/> will read.</summary>
    public void Expect(int image, int top, int left)
    {
        int step = _pool == ConvPool.None ? 1 : 2, to = Math.Min(_width, left / step + 4 / step);
        for (int y = top / step; y < top / step + 4 / step && y < _height; y++)
        {
            nint from = ((nint)image * _height + y) * _width + left / step;
            for (nint i = 0; i < (to - left / step) * _pixel; i += 64)
            {
                V.Prefetch(_dy + from * _pixel + i);
                if (_y != null) V.Prefetch(_y + from * _pixel + i);
            }
            for (nint i = 0; i < (to - left / step) * _maskPixel && _mask != null; i += 64) V.Prefetch(_mask + from * _maskPixel + i);
        }
    }

    /// <summary>
    /// Writes the 4×4 that begin at a multiple of four, one panel of them, as [4][4][lanes]; zero beyond the image. Panels must be whole.
    /// </summary>
    [MethodImpl(AggressiveOptimization | NoInlining)] public void Tile(int image, int top, int left, int panel, byte* to, byte* bias)
    {
        V low = V.Load(bias), high = V.Load(bias + V.Size), zero = V.Const(0);
        if (_pool == ConvPool.None)
            for (int y = top; y < top + 4; y++)
                for (int x = left; x < left + 4; x++, to += 2 * V.Size)
                {
                    V g = zero, h = zero;
                    if (y < _height && x < _width)
                    {
                        nint at = (((nint)image * _height + y) * _width + x) * _pixel + panel * 2 * V.Size;
                        g = V.Load(_dy + at);
                        h = V.Load(_dy + at + V.Size);
                        if (_y != null)
                        {
                            g &= V.Less(zero, V.Load(_y + at));
                            h &= V.Less(zero, V.Load(_y + at + V.Size));
                        }
                    }
                    g.Store(to);
                    h.Store(to + V.Size);
                    low += g;
                    high += h;
                }
        else
        {
            V scale = V.Const(_pool == ConvPool.Average ? 0.25 : 1);
            for (int y = top / 2; y < top / 2 + 2; y++, to += 8 * V.Size)
                for (int x = left / 2; x < left / 2 + 2; x++, to += 4 * V.Size)
                {
                    V g = zero, h = zero;
                    byte* words = _mask;
                    if (y < _height && x < _width)
                    {
                        nint at = ((nint)image * _height + y) * _width + x;
                        words += at * _maskPixel + Mask<V>.At(panel);
                        g = scale * V.Load(_dy + at * _pixel + panel * 2 * V.Size);
                        h = scale * V.Load(_dy + at * _pixel + panel * 2 * V.Size + V.Size);
                    }
                    for (int pixel = 0; pixel < 4; pixel++)
                    {
                        uint word = Mask<V>.Read(words, pixel);
                        V p = g & V.Mask(word), q = h & V.Mask(word >> V.Size / V.Element);
                        byte* at = to + ((pixel & 1) * 2 + (pixel >> 1) * 8) * V.Size;
                        p.Store(at);
                        q.Store(at + V.Size);
                        low += p;
                        high += q;
                    }
                }
        }
        low.Store(bias);
        high.Store(bias + V.Size);
    }

    [MethodImpl(AggressiveOptimization | NoInlining)] void Plain(byte* from, int width, byte* to, nint pitch, byte* bias, int columns)
    {
        nint step = _pixel;
        bool whole = width == V.Size / V.Element;
        V sum = bias == null ? default : V.Load(bias);
        for (int i = 0; i < columns; i++, from += step, to += pitch)
        {
            V g = whole ? V.Load(from) : V.LoadPart(from, width);
            g.Store(to);
            sum += g;
        }
        if (bias != null) sum.Store(bias);
    }

    [MethodImpl(AggressiveOptimization | NoInlining)] void Masked(byte* from, byte* y, int width, byte* to, nint pitch, byte* bias, int columns)
    {
        nint step = _pixel;
        bool whole = width == V.Size / V.Element;
        V sum = bias == null ? default : V.Load(bias), zero = V.Const(0);
        for (int i = 0; i < columns; i++, from += step, y += step, to += pitch)
        {
            V g = whole ? V.Load(from) & V.Less(zero, V.Load(y)) : V.LoadPart(from, width) & V.Less(zero, V.LoadPart(y, width));
            g.Store(to);
            sum += g;
        }
        if (bias != null) sum.Store(bias);
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    void Pooled(byte* from, int width, byte* to, nint pitch, byte* bias, int columns, byte* mask, int pixel, int shift)
    {
        nint step = _pixel, maskStep = _maskPixel;
        bool whole = width == V.Size / V.Element;
        V sum = bias == null ? default : V.Load(bias), scale = V.Const(_pool == ConvPool.Average ? 0.25 : 1);
        for (int i = 0; i < columns; i++, from += step, mask += maskStep, to += 2 * pitch)
        {
            V g = scale * (whole ? V.Load(from) : V.LoadPart(from, width));
            V left = g & V.Mask(Mask<V>.Read(mask, pixel) >> shift), right = g & V.Mask(Mask<V>.Read(mask, pixel + 1) >> shift);
            left.Store(to);
            right.Store(to + pitch);
            sum += left + right;
        }
        if (bias != null) sum.Store(bias);
    }

    /// <summary>Nine taps of some pooled rows; <paramref name="x"/> is where the first of them looks. Panels must be whole.</summary>
    public void Nine(int image, int row, int rows, byte* x, nint line, byte* partial, nint pitch, byte* bias)
    {
        nint at = ((nint)image * _height + row) * _width;
        for (int panel = 0; panel < _panels.Count; panel++)
            NineTaps<V>.PooledGradient(x, line, _dy + at * _pixel + panel * 2 * V.Size, _mask + at * _maskPixel + Mask<V>.At(_panels, panel),
                _pixel, _maskPixel, rows, _width, _pool == ConvPool.Average ? 0.25 : 1,
                partial + panel * 2 * V.Size, pitch, bias + panel * 2 * V.Size);
    }

    static void Clear(byte* to, nint pitch, int columns)
    {
        for (int i = 0; i < columns; i++, to += pitch) V.Const(0).Store(to);
    }
}
