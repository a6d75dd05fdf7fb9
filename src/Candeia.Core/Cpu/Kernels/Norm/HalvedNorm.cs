using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Candeia.Kernels;

/// <summary>
/// Normalization, bounds and pooling of 2×2 in one pass, and back: what lies between exists only in registers. A piece of work is some pooled rows.
/// </summary>
internal static unsafe class HalvedNorm<V, TGate, THalving>
    where V : unmanaged, ISimd<V> where TGate : struct, IGate<V> where THalving : struct, IHalving<V>
{
    const int Few = 16;                                         // pooled pixels whose sums are joined in double precision

    /// <summary>y = pool((x − mean)·scale + shift).</summary>
    public static void Forward(in ChannelData data, byte* y, ChannelImages images) =>
        Workers.Split(images.Images * images.OutHeight, images.Grain, new ForwardWork(data, y, images));

    /// <summary>Σ gradient and Σ gradient·(x − mean) of each channel, before the pooling.</summary>
    public static void Sums(in ChannelData data, byte* sum, byte* product, ChannelImages images)
    {
        nint rows = images.Images * images.OutHeight, piece = images.Grain, pieces = (rows + piece - 1) / piece, channels = images.Channels;
        using var scratch = Scratch.Rent(pieces * 2 * channels * sizeof(double));
        var parts = (double*)scratch.Pointer;                   // [pieces, 2, channels]
        Workers.Split(rows, piece, new SumsWork(data, parts, piece, images));
        for (nint channel = 0; channel < channels; channel++)
        {
            double a = 0, b = 0;
            for (double* part = parts + channel, end = parts + pieces * 2 * channels; part < end; part += 2 * channels) (a, b) = (a + part[0], b + part[channels]);
            Reducer.Write<V>(sum + channel * V.Element, a);
            Reducer.Write<V>(product + channel * V.Element, b);
        }
    }

    /// <summary>The gradient of x: (x − mean)·b + gradient·scale + c, everywhere.</summary>
    public static void Gradient(in ChannelData data, byte* b, byte* c, byte* dx, ChannelImages images) =>
        Workers.Split(images.Images * images.OutHeight, images.Grain, new GradientWork(data, b, c, dx, images));

    /// <summary>Where the pixels of a pooled row begin: its own in the pooled images, and its upper row in the others.</summary>
    static (nint Pooled, nint Pixel) At(nint row, ChannelImages images)
    {
        nint image = row / images.OutHeight, top = row % images.OutHeight * 2;
        return (row * images.OutWidth, (image * images.Height + top) * images.Width);
    }

    // This and the gradient go from the last row to the first, as ChannelMap does.
    readonly struct ForwardWork(ChannelData data, byte* y, ChannelImages images) : IRangeWork
    {
        readonly ChannelData _data = data;

        public void Run(nint from, nint to)
        {
            (from, to) = (images.Images * images.OutHeight - to, images.Images * images.OutHeight - from);
            nint lanes = V.Size / V.Element, stride = images.Channels * (nint)V.Element;
            for (nint row = from; row < to; row++)
            {
                var (pooled, pixel) = At(row, images);
                for (nint channel = 0; channel < images.Channels; channel += lanes)
                {
                    nint number = channel * V.Element;
                    Row(_data.Move(pixel * stride + number, number), y + pooled * stride + number, stride, images.Width * stride, images.OutWidth,
                        (int)Math.Min(lanes, images.Channels - channel));
                }
            }
        }

        [MethodImpl(AggressiveOptimization | NoInlining)]
        static void Row(in ChannelData data, byte* y, nint stride, nint line, int columns, int count)
        {
            V mean = V.LoadPart(data.Mean, count), scale = V.LoadPart(data.Scale, count), shift = V.LoadPart(data.Shift, count);
            V floor = V.Const(data.Tail.Floor), ceiling = V.Const(data.Tail.Ceiling);
            byte* x = data.X;
            bool whole = count == V.Size / V.Element;
            for (; columns > 0; columns--, x += 2 * stride, y += stride)
            {
                byte* below = x + line;
                V p = V.Fma((whole ? V.Load(x) : V.LoadPart(x, count)) - mean, scale, shift);
                V q = V.Fma((whole ? V.Load(x + stride) : V.LoadPart(x + stride, count)) - mean, scale, shift);
                V r = V.Fma((whole ? V.Load(below) : V.LoadPart(below, count)) - mean, scale, shift);
                V s = V.Fma((whole ? V.Load(below + stride) : V.LoadPart(below + stride, count)) - mean, scale, shift);
                V pool = THalving.Pool(TGate.Bound(p, floor, ceiling), TGate.Bound(q, floor, ceiling), TGate.Bound(r, floor, ceiling), TGate.Bound(s, floor, ceiling));
                if (whole) pool.Store(y); else pool.StorePart(y, count);
            }
        }
    }

    readonly struct SumsWork(ChannelData data, double* parts, nint piece, ChannelImages images) : IRangeWork
    {
        readonly ChannelData _data = data;

        public void Run(nint from, nint to)
        {
            nint lanes = V.Size / V.Element, channels = images.Channels, stride = channels * V.Element;
            double* sums = parts + from / piece * 2 * channels, products = sums + channels;
            new Span<double>(sums, checked((int)(2 * channels))).Clear();
            for (nint row = from; row < to; row++)
            {
                var (pooled, pixel) = At(row, images);
                for (int column = 0; column < images.OutWidth; column += Few)
                    for (nint channel = 0; channel < channels; channel += lanes)
                    {
                        nint number = channel * V.Element;
                        int count = (int)Math.Min(lanes, channels - channel), few = Math.Min(Few, images.OutWidth - column);
                        Some(_data.Move((pixel + 2 * column) * stride + number, number), _data.Gradient + (pooled + column) * stride + number, stride,
                            images.Width * stride, few, count, out V sum, out V product);
                        for (int i = 0; i < count; i++)
                        {
                            sums[channel + i] += Reducer.Number(ref sum, i);
                            products[channel + i] += Reducer.Number(ref product, i);
                        }
                    }
            }
        }

        [MethodImpl(AggressiveOptimization | NoInlining)]
        static void Some(in ChannelData data, byte* g, nint stride, nint line, int columns, int count, out V sum, out V product)
        {
            V mean = V.LoadPart(data.Mean, count), scale = V.LoadPart(data.Scale, count), shift = V.LoadPart(data.Shift, count);
            V floor = V.Const(data.Tail.Floor), ceiling = V.Const(data.Tail.Ceiling), even = default, odd = default, ofEven = default, ofOdd = default;
            byte* x = data.X;
            for (; columns > 0; columns--, x += 2 * stride, g += stride)
            {
                Four four = new(x, line, stride, count, mean);
                four.Spread(V.LoadPart(g, count), scale, shift, floor, ceiling, out V p, out V q, out V r, out V s);
                even += p + r;
                odd += q + s;
                ofEven = V.Fma(r, four.R, V.Fma(p, four.P, ofEven));
                ofOdd = V.Fma(s, four.S, V.Fma(q, four.Q, ofOdd));
            }
            sum = even + odd;
            product = ofEven + ofOdd;
        }
    }

    readonly struct GradientWork(ChannelData data, byte* b, byte* c, byte* dx, ChannelImages images) : IRangeWork
    {
        readonly ChannelData _data = data;

        public void Run(nint from, nint to)
        {
            (from, to) = (images.Images * images.OutHeight - to, images.Images * images.OutHeight - from);
            nint lanes = V.Size / V.Element, stride = images.Channels * (nint)V.Element, line = images.Width * stride;
            for (nint row = from; row < to; row++)
            {
                var (pooled, pixel) = At(row, images);
                bool isLast = row % images.OutHeight == images.OutHeight - 1 && images.Height % 2 != 0;
                for (nint channel = 0; channel < images.Channels; channel += lanes)
                {
                    nint number = channel * V.Element, at = pixel * stride + number, column = 2 * images.OutWidth * stride;
                    int count = (int)Math.Min(lanes, images.Channels - channel);
                    var here = _data.Move(at, number);
                    Row(here, _data.Gradient + pooled * stride + number, b + number, c + number, dx + at, stride, line, images.OutWidth, count);
                    if (images.Width % 2 != 0) Rest(here.Move(column, 0), b + number, c + number, dx + at + column, line, 2, count);
                    if (isLast) Rest(here.Move(2 * line, 0), b + number, c + number, dx + at + 2 * line, stride, images.Width, count);
                }
            }
        }

        [MethodImpl(AggressiveOptimization | NoInlining)]
        static void Row(in ChannelData data, byte* g, byte* ofX, byte* ofAll, byte* dx, nint stride, nint line, int columns, int count)
        {
            V mean = V.LoadPart(data.Mean, count), scale = V.LoadPart(data.Scale, count), shift = V.LoadPart(data.Shift, count);
            V b = V.LoadPart(ofX, count), c = V.LoadPart(ofAll, count), floor = V.Const(data.Tail.Floor), ceiling = V.Const(data.Tail.Ceiling);
            byte* x = data.X;
            bool whole = count == V.Size / V.Element;
            for (; columns > 0; columns--, x += 2 * stride, dx += 2 * stride, g += stride)
            {
                byte* below = dx + line;
                Four four = new(x, line, stride, count, mean);
                four.Spread(V.LoadPart(g, count), scale, shift, floor, ceiling, out V p, out V q, out V r, out V s);
                p = V.Fma(four.P, b, V.Fma(p, scale, c));
                q = V.Fma(four.Q, b, V.Fma(q, scale, c));
                r = V.Fma(four.R, b, V.Fma(r, scale, c));
                s = V.Fma(four.S, b, V.Fma(s, scale, c));
                if (whole)
                {
                    p.Store(dx);
                    q.Store(dx + stride);
                    r.Store(below);
                    s.Store(below + stride);
                    continue;
                }
                p.StorePart(dx, count);
                q.StorePart(dx + stride, count);
                r.StorePart(below, count);
                s.StorePart(below + stride, count);
            }
        }

        // What no pool has seen has a gradient through the moments alone.
        static void Rest(in ChannelData data, byte* ofX, byte* ofAll, byte* dx, nint step, int pixels, int count)
        {
            V mean = V.LoadPart(data.Mean, count), b = V.LoadPart(ofX, count), c = V.LoadPart(ofAll, count);
            byte* x = data.X;
            for (; pixels > 0; pixels--, x += step, dx += step) V.Fma(V.LoadPart(x, count) - mean, b, c).StorePart(dx, count);
        }
    }

    /// <summary>The distances of 2×2 pixels from the mean.</summary>
    readonly struct Four
    {
        public readonly V P, Q, R, S;

        [MethodImpl(AggressiveInlining)]
        public Four(byte* x, nint line, nint stride, int count, V mean)
        {
            byte* below = x + line;
            bool whole = count == V.Size / V.Element;
            P = (whole ? V.Load(x) : V.LoadPart(x, count)) - mean;
            Q = (whole ? V.Load(x + stride) : V.LoadPart(x + stride, count)) - mean;
            R = (whole ? V.Load(below) : V.LoadPart(below, count)) - mean;
            S = (whole ? V.Load(below + stride) : V.LoadPart(below + stride, count)) - mean;
        }

        /// <summary>What of the gradient of their pool comes to each.</summary>
        [MethodImpl(AggressiveInlining)]
        public void Spread(V gradient, V scale, V shift, V floor, V ceiling, out V p, out V q, out V r, out V s)
        {
            V a = V.Fma(P, scale, shift), b = V.Fma(Q, scale, shift), c = V.Fma(R, scale, shift), d = V.Fma(S, scale, shift);
            THalving.Spread(gradient, TGate.Bound(a, floor, ceiling), TGate.Bound(b, floor, ceiling), TGate.Bound(c, floor, ceiling), TGate.Bound(d, floor, ceiling),
                out p, out q, out r, out s);
            p = TGate.Through(p, a, floor, ceiling);
            q = TGate.Through(q, b, floor, ceiling);
            r = TGate.Through(r, c, floor, ceiling);
            s = TGate.Through(s, d, floor, ceiling);
        }
    }
}
