using Candeia.Kernels;

namespace Candeia.Tests;

public class PoolingTests
{
    public static TheoryData<string> Registers => ConvCases.Registers;

    static readonly PoolShape[] s_shapes =
    [
        new(2, 32, 8, 10, 2, 2),
        new(3, 7, 9, 7, 2, 2),
        new(1, 1, 1, 1, 1, 1),
        new(2, 40, 11, 12, 3, 3) { StrideHeight = 2, StrideWidth = 2, PaddingHeight = 1, PaddingWidth = 1 },
        new(2, 17, 10, 13, 3, 2) { StrideHeight = 1, StrideWidth = 1, PaddingHeight = 1 },
        new(2, 5, 10, 9, 3, 3) { StrideHeight = 2, StrideWidth = 2, PaddingHeight = 1, PaddingWidth = 1, CeilMode = true, CountIncludePad = false },
        new(2, 5, 11, 8, 3, 3) { StrideHeight = 2, StrideWidth = 3, PaddingHeight = 1, PaddingWidth = 1, CeilMode = true },
        new(1, 3, 8, 8, 2, 3) { StrideHeight = 4, StrideWidth = 5, DivisorOverride = 5 },
        new(40, 4, 5, 5, 5, 5),
        new(0, 4, 5, 5, 2, 2),
    ];

    static readonly PoolShape[] s_dilated =
    [
        new(2, 20, 12, 11, 3, 2) { StrideHeight = 1, StrideWidth = 2, DilationHeight = 2, DilationWidth = 3, PaddingHeight = 1, PaddingWidth = 1 },
        new(1, 6, 9, 9, 3, 3) { StrideHeight = 2, StrideWidth = 2, DilationHeight = 3, DilationWidth = 2, PaddingHeight = 1, PaddingWidth = 1,
            CeilMode = true },
    ];

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Average_equals_the_definition(string register)
    {
        foreach (var s in s_shapes)
        {
            var x = ConvRun.Random(s.Batch * s.Height * s.Width * s.Channels, 1);
            var got = PoolRun.For(register).Average(s, x);
            foreach (var (o, inputs, divisor) in Windows(s)) Assert.Equal(inputs.Sum(i => x[i]) / divisor, got[o], 1e-6);
        }
    }

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Average_backward_is_its_transpose(string register)
    {
        foreach (var s in s_shapes)
        {
            var dy = ConvRun.Random(s.Batch * s.OutHeight * s.OutWidth * s.Channels, 2);
            var want = new double[s.Batch * s.Height * s.Width * s.Channels];
            foreach (var (o, inputs, divisor) in Windows(s)) foreach (int i in inputs) want[i] += dy[o] / divisor;
            var got = PoolRun.For(register).AverageBackward(s, dy);
            for (int i = 0; i < want.Length; i++) Assert.Equal(want[i], got[i], 1e-6);
        }
    }

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Max_equals_the_definition_and_its_gradient_goes_there(string register)
    {
        var run = PoolRun.For(register);
        foreach (var s in s_shapes.Concat(s_dilated))
        {
            var x = Array.ConvertAll(ConvRun.Random(s.Batch * s.Height * s.Width * s.Channels, 3), v => Math.Round(v * 4));   // many ties
            var (y, indices) = run.Max(s, x);
            var dy = ConvRun.Random(y.Length, 4);
            var want = new double[x.Length];
            foreach (var (o, inputs, _) in Windows(s))
            {
                // the first of equals
                int best = inputs.MaxBy(i => x[i]);
                Assert.Equal(x[best], y[o]);
                Assert.Equal(best / s.Channels % (s.Height * s.Width), indices[o]);
                want[best] += dy[o];
            }
            var got = run.MaxBackward(s, dy, indices);
            for (int i = 0; i < want.Length; i++) Assert.Equal(want[i], got[i], 1e-6);
        }
    }

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Max_of_something_that_is_not_a_number_is_that(string register)
    {
        var s = new PoolShape(1, 1, 2, 4, 2, 2);
        var (y, indices) = PoolRun.For(register).Max(s,
            [double.NegativeInfinity, double.NegativeInfinity, 1, double.NaN, double.NegativeInfinity, double.NegativeInfinity, 3, 2]);
        Assert.Equal([double.NegativeInfinity, double.NaN], y);
        Assert.Equal([0, 3], indices);
    }

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Has_the_bits_of_a_convolution_that_pools(string register)
    {
        var conv = ConvRun.For(register);
        var s = new ConvShape(2, 3, 9, 12, 37, 2, 3);
        var (x, weight, bias) = ConvRun.Inputs(s);
        var y = conv.Forward(s, x, weight, bias, relu: true).Y;
        var pool = new PoolShape(s.Batch, s.OutChannels, s.OutHeight, s.OutWidth, 2, 2);
        Assert.Equal(conv.Forward(s, x, weight, bias, true, ConvPool.Average).Y, PoolRun.For(register).Average(pool, y));
        Assert.Equal(conv.Forward(s, x, weight, bias, true, ConvPool.Max).Y, PoolRun.For(register).Max(pool, y).Y);
    }

    /// <summary>Each output with its inputs in order and what PyTorch divides their sum by.</summary>
    static IEnumerable<(int Output, int[] Inputs, double Divisor)> Windows(PoolShape s)
    {
        int output = 0;
        for (int n = 0; n < s.Batch; n++)
            for (int oy = 0; oy < s.OutHeight; oy++)
                for (int ox = 0; ox < s.OutWidth; ox++)
                {
                    var ys = Enumerable.Range(0, s.KernelHeight).Select(k => oy * s.StrideHeight - s.PaddingHeight + k * s.DilationHeight).ToArray();
                    var xs = Enumerable.Range(0, s.KernelWidth).Select(k => ox * s.StrideWidth - s.PaddingWidth + k * s.DilationWidth).ToArray();
                    int padded = ys.Count(y => y < s.Height + s.PaddingHeight) * xs.Count(x => x < s.Width + s.PaddingWidth);
                    for (int c = 0; c < s.Channels; c++)
                    {
                        int[] inputs = [.. from y in ys where y >= 0 && y < s.Height
                            from x in xs where x >= 0 && x < s.Width
                            select ((n * s.Height + y) * s.Width + x) * s.Channels + c];
                        yield return (output++, inputs, s.DivisorOverride != 0 ? s.DivisorOverride : s.CountIncludePad ? padded : inputs.Length);
                    }
                }
    }
}
