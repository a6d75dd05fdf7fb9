using System.Numerics;

namespace Candeia.Gpu;

/// <summary>
/// Fourier transforms of lines: by halving where a length is a power of two (Stockham), as they are defined where it is short, and by a convolution otherwise (Bluestein).
/// </summary>
internal static class Fourier
{
    const int Short = 128;

    /// <summary>A factor e^(±2πi·part/whole).</summary>
    const string Root = "#define ROOT(part, whole) make_@(cospi((R)2 * (R)(part) / (R)(whole)), sign * sinpi((R)2 * (R)(part) / (R)(whole)))\n";

    public static bool Complexes(GpuDevice device, in OpCall call)
    {
        var op = (FftOp)call.Op;
        return Run(device, call, op.Dim, op.Inverse, op.Scale);
    }

    public static bool Real(GpuDevice device, in OpCall call)
    {
        var op = (RfftOp)call.Op;
        return Run(device, call, op.Dim, isInverse: false, op.Scale);
    }

    /// <summary>The other half of the line is the conjugate of this one, turned around.</summary>
    public static bool Half(GpuDevice device, in OpCall call)
    {
        var op = (IrfftOp)call.Op;
        Operand x = Orders.Moved(call.Input(0), op.Dim), y = Orders.Moved(call.Output(0), op.Dim);
        if (y.Layout.Shape.Numel == 0 || x.Layout.Shape[^1] != op.N / 2 + 1) return false;
        var whole = device.Scratch(Layout.Of(y.Layout.Shape), x.DType);
        int half = x.Layout.Shape[^1], rest = op.N - half;
        _ = Copies.Into(device, Part(whole, 0, half, 1), x);
        if (rest > 0) Map.Run(device, "make_@(a.re, -a.im)", x.DType, Part(whole, op.N - 1, rest, -1), [Part(x, 1, rest, 1)]);
        Give(device, y, Transformed(device, whole, isInverse: true), op.Scale);
        return true;
    }

    static bool Run(GpuDevice device, in OpCall call, int dim, bool isInverse, double scale)
    {
        Operand x = Orders.Moved(call.Input(0), dim), y = Orders.Moved(call.Output(0), dim);
        if (x.Layout.Shape.Numel == 0) return y.Layout.Shape.Numel == 0;
        var line = device.Scratch(Layout.Of(x.Layout.Shape), y.DType);
        if (!Copies.Into(device, line, x)) return false;
        Give(device, y, Part(Transformed(device, line, isInverse), 0, y.Layout.Shape[^1], 1), scale);
        return true;
    }

    static void Give(GpuDevice device, Operand y, Operand x, double scale) =>
        Map.Run(device, Types.IsComplex(y.DType) ? "make_@(a.re * k0, a.im * k0)" : "a.re * k0", x.DType, y, [x], [scale]);

    /// <summary>Some elements of the last dimension.</summary>
    static Operand Part(Operand x, int first, int count, int step)
    {
        long[] strides = x.Layout.Strides.ToArray();
        long offset = x.Layout.Offset + first * strides[^1];
        strides[^1] *= step;
        return x.As(new Layout(Shape.Create([.. x.Layout.Shape.Sizes()[..^1], count]), strides, offset));
    }

    /// <summary>The transforms of dense lines.</summary>
    static Operand Transformed(GpuDevice device, Operand x, bool isInverse)
    {
        int n = x.Layout.Shape[^1];
        long lines = x.Layout.Shape.Numel / n;
        if (BitOperations.IsPow2(n)) return Halved(device, x, lines, n, isInverse);
        return n <= Short ? Defined(device, x, lines, n, isInverse) : Convolved(device, x, lines, n, isInverse);
    }

    static Parameters P(Operand x, bool isInverse) => new Parameters(x.DType).Size("sign", isInverse ? 1 : -1);

    static string In(Operand x, string body) => $"typedef {Types.Stored(Types.Part(x.DType))} R;\n{Root}{body}";

    static Operand Defined(GpuDevice device, Operand x, long lines, int n, bool isInverse)
    {
        var y = device.Scratch(x.Layout, x.DType);
        Each.Run(device, "fourier", In(x, """
            const N line = e / n * n, j = e % n;
            T s = make_@(0, 0);
            for (N k = 0; k < n; k++) s = add_@(s, multiply_@(A(line + k), ROOT((i64)j * k % n, n)));
            SET_Y(e, s);
            """), P(x, isInverse).Input("A", x).Output("Y", y).Size("n", n), lines * n);
        return y;
    }

    static Operand Halved(GpuDevice device, Operand x, long lines, int n, bool isInverse)
    {
        Operand from = x, to = device.Scratch(x.Layout, x.DType);
        for (int size = n, step = 1; size > 1; size /= 2, step *= 2)
        {
            Each.Run(device, "fourier halves", In(x, """
                const N pair = e % (n / 2), line = e / (n / 2) * n, q = pair % step, p = pair / step;
                const T a = A(line + q + step * p), b = A(line + q + step * (p + size / 2));
                SET_Y(line + q + step * 2 * p, add_@(a, b));
                SET_Y(line + q + step * (2 * p + 1), multiply_@(subtract_@(a, b), ROOT(p, size)));
                """), P(x, isInverse).Input("A", from).Output("Y", to).Size("n", n).Size("size", size).Size("step", step), lines * (n / 2));
            (from, to) = (to, from);
        }
        return from;
    }

    static Operand Convolved(GpuDevice device, Operand x, long lines, int n, bool isInverse)
    {
        int wide = (int)BitOperations.RoundUpToPowerOf2((uint)(2 * n - 1));
        Operand a = device.Scratch(Layout.Of(Shape.Create([checked((int)lines), wide])), x.DType), b = device.Scratch(Layout.Of([1, wide]), x.DType), y = device.Scratch(x.Layout, x.DType);
        Each.Run(device, "fourier chirp", In(x, """
            const N k = e % wide;
            SET_Y(e, k < n ? multiply_@(A(e / wide * n + k), ROOT((i64)k * k % (2 * n), 2 * n)) : make_@(0, 0));
            """), P(x, isInverse).Input("A", x).Output("Y", a).Size("n", n).Size("wide", wide), lines * wide);
        Each.Run(device, "fourier filter", In(x, """
            const N k = e < n ? e : wide - e;
            T f = make_@(0, 0);
            if (k < n) { f = ROOT((i64)k * k % (2 * n), 2 * n); f.im = -f.im; }
            SET_Y(e, f);
            """), P(x, isInverse).Output("Y", b).Size("n", n).Size("wide", wide), wide);
        Operand there = Halved(device, a, lines, wide, isInverse: false), filter = Halved(device, b, 1, wide, isInverse: false);
        Map.Run(device, "multiply_@(a, b)", x.DType, there, [there, filter.To(there.Layout.Shape)]);
        var back = Halved(device, there, lines, wide, isInverse: true);
        Each.Run(device, "fourier unchirp", In(x, """
            const N k = e % n;
            const T v = A(e / n * wide + k), w = ROOT((i64)k * k % (2 * n), 2 * n);
            SET_Y(e, multiply_@(make_@(v.re / wide, v.im / wide), w));
            """), P(x, isInverse).Input("A", back).Output("Y", y).Size("n", n).Size("wide", wide), lines * n);
        return y;
    }
}
