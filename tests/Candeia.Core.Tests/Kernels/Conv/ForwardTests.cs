using Candeia.Kernels;

namespace Candeia.Tests;

[Collection("threads")]
public class ForwardTests
{
    public static TheoryData<string> Registers => ConvCases.Registers;

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Equals_the_definition(string register)
    {
        var run = ConvRun.For(register);
        foreach (var s in ConvCases.All)
        {
            var (x, weight, bias) = ConvRun.Inputs(s);
            var (y, scale) = NaiveConvolution.Forward(s, x, weight, bias);
            run.AssertNear(y, scale, run.Forward(s, x, weight, bias).Y, s.GroupIn * s.Taps, s);
        }
    }

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Without_bias_and_with_relu(string register)
    {
        var run = ConvRun.For(register);
        foreach (var s in ConvCases.All)
        {
            var (x, weight, _) = ConvRun.Inputs(s);
            var plain = run.Forward(s, x, weight, null).Y;
            Assert.Equal(plain, run.Forward(s, x, weight, new double[s.OutChannels]).Y);
            Assert.Equal(Array.ConvertAll(plain, v => Math.Max(0, v)), run.Forward(s, x, weight, null, relu: true).Y);
        }
    }

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Fused_has_the_bits_of_its_parts(string register) => AssertFused(ConvRun.For(register), ConvCases.All);

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Threads_change_no_bit(string register) => AssertThreads(ConvRun.For(register), ConvCases.All);

    internal static void AssertFused(ConvRun run, ConvShape[] shapes)
    {
        foreach (var s in shapes)
        {
            var (x, weight, bias) = ConvRun.Inputs(s);
            foreach (bool relu in new[] { true, false })
            {
                var plain = run.Forward(s, x, weight, bias, relu).Y;
                Assert.Equal(Pool(s, plain, q => run.Round(run.Round(q[0] + q[1]) + run.Round(q[2] + q[3])) / 4),
                    run.Forward(s, x, weight, bias, relu, ConvPool.Average).Y);
                Assert.Equal(run.Forward(s, x, weight, bias, relu, ConvPool.Average, keepsMask: false).Y,
                    run.Forward(s, x, weight, bias, relu, ConvPool.Average).Y);
                Assert.Equal(Pool(s, plain, q => q.Max()), run.Forward(s, x, weight, bias, relu, ConvPool.Max).Y);
            }
        }
    }

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Not_a_number_passes_through(string register)
    {
        var run = ConvRun.For(register);
        var s = new ConvShape(1, 2, 6, 6, 5, 3, 3);
        var (x, weight, bias) = ConvRun.Inputs(s);
        x[(2 * 6 + 2) * 2] = double.NaN;                                                 // in the window of every output pixel up to (2, 2)
        foreach (var pool in Enum.GetValues<ConvPool>())
        {
            var y = run.Forward(s, x, weight, bias, relu: true, pool).Y;
            Assert.True(double.IsNaN(y[0]), pool.ToString());
            if (pool == ConvPool.None) Assert.False(double.IsNaN(y[^1]));
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
                foreach (var pool in new[] { ConvPool.None, ConvPool.Average })
                {
                    var results = new[] { 1, 2, 5 }.Select(n => { Threads.Count = n; return run.Forward(s, x, weight, bias, true, pool); }).ToArray();
                    for (int i = 1; i < 3; i++) { Assert.Equal(results[0].Y, results[i].Y); Assert.Equal(results[0].Mask, results[i].Mask); }
                }
            }
        }
        finally { Threads.Count = before; }
    }

    static double[] Pool(ConvShape s, double[] y, Func<double[], double> pool)
    {
        int oh = s.OutHeight, ow = s.OutWidth, c = s.OutChannels;
        return [.. from n in Enumerable.Range(0, s.Batch)
            from py in Enumerable.Range(0, oh / 2)
            from px in Enumerable.Range(0, ow / 2)
            from o in Enumerable.Range(0, c)
            let at = ((n * oh + 2 * py) * ow + 2 * px) * c + o
            select pool([y[at], y[at + c], y[at + ow * c], y[at + (ow + 1) * c]])];
    }
}
