using Candeia.Kernels;

namespace Candeia.Tests;

[Collection("threads")]
public class BackwardTests
{
    public static TheoryData<string> Registers => ConvCases.Registers;

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Equals_the_definition(string register)
    {
        var run = ConvRun.For(register);
        foreach (var s in ConvCases.All)
        {
            var (x, weight, _) = ConvRun.Inputs(s);
            var dy = ConvRun.Random(s.Batch * s.OutHeight * s.OutWidth * s.OutChannels, 4);
            AssertNear(run, s, NaiveConvolution.Backward(s, x, weight, dy), run.Backward(s, x, weight, dy));
        }
    }

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Through_relu_and_pooling(string register) => AssertThroughPooling(ConvRun.For(register), ConvCases.All);

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Each_gradient_alone_is_the_same(string register) => AssertAlone(ConvRun.For(register), ConvCases.All);

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Threads_change_no_bit(string register) => AssertThreads(ConvRun.For(register), ConvCases.All);

    internal static void AssertThroughPooling(ConvRun run, ConvShape[] shapes)
    {
        foreach (var s in shapes)
        {
            var (x, weight, bias) = ConvRun.Inputs(s);
            foreach (bool relu in new[] { true, false })
                foreach (var pool in Enum.GetValues<ConvPool>())
                {
                    var y = run.Forward(s, x, weight, bias, relu).Y;
                    var (pooled, mask) = run.Forward(s, x, weight, bias, relu, pool);
                    var dy = ConvRun.Random(pooled.Length, 5);
                    var want = NaiveConvolution.Backward(s, x, weight, Unpool(s, y, dy, relu, pool));
                    (double[] Dx, double[] Dw, double[] Db) Run(string wanted) =>
                        run.Backward(s, x, weight, dy, pool == ConvPool.None && relu ? y : null, pool, pool == ConvPool.None ? null : mask, wanted);
                    var all = Run("xwb");
                    AssertNear(run, s, want, all);
                    var (_, dw, db) = Run("wb");                                                         // what the first layer needs
                    AssertNear(run, s, want, (all.Dx, dw, db));
                }
        }
    }

    internal static void AssertAlone(ConvRun run, ConvShape[] shapes)
    {
        foreach (var s in shapes)
        {
            var (x, weight, _) = ConvRun.Inputs(s);
            var dy = ConvRun.Random(s.Batch * s.OutHeight * s.OutWidth * s.OutChannels, 4);
            var all = run.Backward(s, x, weight, dy);
            Assert.Equal(all.Dx, run.Backward(s, x, weight, dy, wanted: "x").Dx);
            AssertClose(all.Dw, run.Backward(s, x, weight, dy, wanted: "w").Dw, run.Epsilon * 1e3);
            AssertClose(all.Db, run.Backward(s, x, weight, dy, wanted: "b").Db, run.Epsilon * 1e3);
        }
    }

    internal static void AssertThreads(ConvRun run, ConvShape[] shapes)
    {
        int before = Threads.Count;
        try
        {
            foreach (var s in shapes)
            {
                var (x, weight, bias) = ConvRun.Inputs(s);
                var (y, mask) = run.Forward(s, x, weight, bias, true, ConvPool.Average);
                var dy = ConvRun.Random(y.Length, 5);
                var results = new[] { 1, 2, 5 }.Select(n =>
                    { Threads.Count = n; return run.Backward(s, x, weight, dy, null, ConvPool.Average, mask); }).ToArray();
                for (int i = 1; i < 3; i++)
                {
                    Assert.Equal(results[0].Dx, results[i].Dx);
                    Assert.Equal(results[0].Dw, results[i].Dw);
                    Assert.Equal(results[0].Db, results[i].Db);
                }
            }
        }
        finally { Threads.Count = before; }
    }

    static void AssertNear(ConvRun run, ConvShape s, (double[] Dx, double[] Dw, double[] Db, double[] ScaleX, double[] ScaleW, double[] ScaleB) want,
        (double[] Dx, double[] Dw, double[] Db) got)
    {
        int pixels = s.Batch * s.OutHeight * s.OutWidth;
        run.AssertNear(want.Dx, run.Scale(want.ScaleX), got.Dx, s.GroupOut * s.Taps, (s, "dx"));
        run.AssertNear(want.Dw, run.Scale(want.ScaleW), got.Dw, pixels, (s, "dw"));
        run.AssertNear(want.Db, want.ScaleB, got.Db, pixels, (s, "db"));
    }

    static void AssertClose(double[] want, double[] got, double tolerance)
    {
        for (int i = 0; i < want.Length; i++) Assert.InRange(got[i], want[i] - tolerance, want[i] + tolerance);
    }

    /// <summary>The gradient of the sums, from that of the output.</summary>
    static double[] Unpool(ConvShape s, double[] y, double[] dy, bool relu, ConvPool pool)
    {
        var gradient = new double[y.Length];
        int oh = s.OutHeight, ow = s.OutWidth, c = s.OutChannels;
        if (pool == ConvPool.None) for (int i = 0; i < y.Length; i++) gradient[i] = !relu || y[i] > 0 ? dy[i] : 0;
        else
            for (int i = 0; i < dy.Length; i++)
            {
                int o = i % c, px = i / c % (ow / 2), py = i / c / (ow / 2) % (oh / 2), n = i / c / (ow / 2) / (oh / 2),
                    at = ((n * oh + 2 * py) * ow + 2 * px) * c + o;
                int[] four = [at, at + c, at + ow * c, at + (ow + 1) * c];
                if (pool == ConvPool.Average) foreach (int j in four) gradient[j] = !relu || y[j] > 0 ? dy[i] / 4 : 0;
                else if (four.MaxBy(j => y[j]) is var best && (!relu || y[best] > 0)) gradient[best] = dy[i];
            }
        return gradient;
    }
}
