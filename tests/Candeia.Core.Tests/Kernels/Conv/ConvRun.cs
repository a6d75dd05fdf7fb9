using System.Numerics;
using System.Runtime.Intrinsics;
using Candeia.Kernels;

namespace Candeia.Tests;

/// <summary>Runs convolution kernels of one register type on arrays. What lies around an output must stay as it was.</summary>
internal abstract unsafe class ConvRun
{
    const int Guard = 64;

    bool _shares;
    public double Epsilon { get; protected init; }

    /// <summary>To the element type.</summary>
    public double Round(double value) => Epsilon > 1e-10 ? (float)value : value;

    /// <summary>
    /// The kernels of a register type, by name; the test is skipped where the processor lacks it. They go another way than the direct one if asked to, Winograd's only those of float.
    /// </summary>
    public static ConvRun For(string register, ConvWay way = ConvWay.Direct)
    {
        Skip.If(register.StartsWith("V512", StringComparison.Ordinal) && !Vector512.IsHardwareAccelerated, "no 512-bit registers here");
        Skip.If(register.StartsWith("V256", StringComparison.Ordinal) && !Vector256.IsHardwareAccelerated, "no 256-bit registers here");
        return register switch
        {
            "V512 float" => new Of<V512<float>, float>(way),
            "V256 float" => new Of<V256<float>, float>(way),
            "V1 float" => new Of<V1<float>, float>(way),
            "V512 double" => new Of<V512<double>, double>(way),
            "V256 double" => new Of<V256<double>, double>(way),
            _ => new Of<V1<double>, double>(way),
        };
    }

    /// <summary>Numbers that this element type holds exactly, so that the reference computes with the same.</summary>
    public static double[] Random(int count, int seed)
    {
        var random = new Random(seed);
        var values = new double[count];
        for (int i = 0; i < count; i++) values[i] = (float)(2 * random.NextDouble() - 1);
        return values;
    }

    public static (double[] X, double[] Weight, double[] Bias) Inputs(ConvShape s) =>
        (Random(s.Batch * s.Height * s.Width * s.InChannels, 1), Random(s.OutChannels * s.GroupIn * s.Taps, 2), Random(s.OutChannels, 3));

    public abstract (double[] Y, byte[] Mask) Forward(ConvShape s, double[] x, double[] weight, double[]? bias, bool relu = false,
        ConvPool pool = ConvPool.None, bool keepsMask = true);

    /// <summary>
    /// Gradients by input, weight and bias; <paramref name="wanted"/> says by letter (x, w, b) which are asked for, the others come back empty.
    /// </summary>
    public abstract (double[] Dx, double[] Dw, double[] Db) Backward(ConvShape s, double[] x, double[] weight, double[] dy, double[]? y = null,
        ConvPool pool = ConvPool.None, byte[]? mask = null, string wanted = "xwb");

    sealed class Of<V, T> : ConvRun where V : unmanaged, ISimd<V> where T : unmanaged, IFloatingPointIeee754<T>
    {
        readonly ConvWay _way;

        public Of(ConvWay way = ConvWay.Direct)
        {
            (_way, _shares) = (way, way is ConvWay.Winograd or ConvWay.WinogradDeep);
            Epsilon = double.CreateTruncating(T.BitIncrement(T.One) - T.One) * (_shares ? 8 : 1);
        }

        public override (double[] Y, byte[] Mask) Forward(ConvShape s, double[] x, double[] weight, double[]? bias, bool relu, ConvPool pool,
            bool keepsMask)
        {
            int step = pool == ConvPool.None ? 1 : 2;
            var y = Output(s.Batch * (s.OutHeight / step) * (s.OutWidth / step) * s.OutChannels);
            var mask = new byte[pool == ConvPool.None ? 0 : Convolution.MaskBytes(s)];
            fixed (T* px = Convert(x), pw = Convert(weight), pb = bias is null ? null : Convert(bias), py = y)
            fixed (byte* pm = keepsMask ? mask : null)
            {
                if (_shares) WinogradForward<V>.Run(s, (float*)px, (float*)pw, (float*)pb, (float*)py + Guard, new(relu, double.PositiveInfinity, pool), pm, null, default, null);
                else DirectForward<V, T>.Run(s, px, pw, pb, py + Guard, new(relu, double.PositiveInfinity, pool), pm, null, default, null);
            }
            return (Result(y), mask);
        }

        public override (double[] Dx, double[] Dw, double[] Db) Backward(ConvShape s, double[] x, double[] weight, double[] dy, double[]? y,
            ConvPool pool, byte[]? mask, string wanted)
        {
            T[] dx = Output(x.Length), dw = Output(weight.Length), db = Output(s.OutChannels);
            bool wx = wanted.Contains('x'), ww = wanted.Contains('w'), wb = wanted.Contains('b');
            fixed (T* px = ww ? Convert(x) : null, pw = wx ? Convert(weight) : null, pdy = Convert(dy), py = y is null ? null : Convert(y), pdx = dx,
                pdw = dw, pdb = db)
            fixed (byte* pm = mask)
            {
                T* x0 = wx ? pdx + Guard : null, w0 = ww ? pdw + Guard : null, b0 = wb ? pdb + Guard : null;
                if (_way == ConvWay.WinogradDeep)
                    WinogradDeepBackward<V>.Run(s, (float*)px, (float*)pw, (float*)pdy, (float*)py, pool, pm, (float*)x0, (float*)w0, (float*)b0);
                else if (_way == ConvWay.Winograd) WinogradBackward<V>.Run(s, (float*)px, (float*)pw, (float*)pdy, (float*)py, pool, pm, (float*)x0, (float*)w0,
                    (float*)b0);
                else if (_way == ConvWay.Product) InputProduct<V, T>.Run(s, pw, pdy, x0);
                else DirectBackward<V, T>.Run(s, px, pw, pdy, py, pool, pm, x0, w0, b0);
            }
            return (wx ? Result(dx) : [], ww ? Result(dw) : [], wb ? Result(db) : []);
        }

        static T[] Convert(double[] values) => Array.ConvertAll(values, T.CreateTruncating);

        static T[] Output(int count)
        {
            var y = new T[count + 2 * Guard];
            Array.Fill(y, T.CreateTruncating(-77));
            return y;
        }

        static double[] Result(T[] y)
        {
            for (int i = 0; i < Guard; i++) Assert.True(y[i] == T.CreateTruncating(-77) && y[^(i + 1)] == T.CreateTruncating(-77),
                "written beyond the output");
            return Array.ConvertAll(y[Guard..^Guard], double.CreateTruncating);
        }
    }

    /// <summary>
    /// What the rounding of a value is measured by. Winograd's tiles share theirs: where a sum is small, its neighbours' size counts.
    /// </summary>
    public double[] Scale(double[] absolute) => _shares ? [.. Enumerable.Repeat(absolute.DefaultIfEmpty().Max() / 2, absolute.Length)] : absolute;

    /// <summary>Every value as near to the reference as rounding allows.</summary>
    public void AssertNear(double[] want, double[] scale, double[] got, int terms, object what)
    {
        Assert.Equal(want.Length, got.Length);
        double tolerance = Epsilon * (4 + 2 * Math.Sqrt(terms));
        for (int i = 0; i < want.Length; i++)
            if (!(Math.Abs(got[i] - want[i]) <= tolerance * scale[i])) Assert.Fail($"{what}: [{i}] is {got[i]}, not {want[i]}");
    }
}
