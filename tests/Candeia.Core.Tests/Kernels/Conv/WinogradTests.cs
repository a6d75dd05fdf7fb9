using Candeia.Kernels;

namespace Candeia.Tests;

[Collection("threads")]
public class WinogradTests
{
    public static TheoryData<string> Registers => ["V512 float", "V256 float"];

    static readonly ConvShape[] s_shapes =
    [
        new(1, 32, 6, 6, 32, 3, 3),
        new(1, 32, 3, 3, 32, 3, 3),
        new(8, 32, 11, 8, 64, 3, 3),
        new(9, 64, 13, 10, 32, 3, 3) { PaddingHeight = 1, PaddingWidth = 1 },
        new(8, 32, 5, 9, 96, 3, 3) { PaddingHeight = 2, PaddingWidth = 0 },
        new(2, 32, 2, 3, 32, 3, 3) { PaddingHeight = 3, PaddingWidth = 4 },
        new(0, 32, 6, 6, 32, 3, 3),
    ];

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Forward_is_the_direct_one_but_for_rounding(string register)
    {
        var run = ConvRun.For(register, ConvWay.Winograd);
        foreach (var s in s_shapes)
        {
            var (x, weight, bias) = ConvRun.Inputs(s);
            var (y, scale) = NaiveConvolution.Forward(s, x, weight, bias);
            run.AssertNear(y, run.Scale(scale), run.Forward(s, x, weight, bias).Y, s.GroupIn * s.Taps, s);
        }
    }

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Fused_has_the_bits_of_its_parts(string register) => ForwardTests.AssertFused(ConvRun.For(register, ConvWay.Winograd), s_shapes);

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Threads_change_no_bit(string register) => ForwardTests.AssertThreads(ConvRun.For(register, ConvWay.Winograd), s_shapes);

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Backward_is_the_direct_one_but_for_rounding(string register) =>
        BackwardTests.AssertThroughPooling(ConvRun.For(register, ConvWay.Winograd), s_shapes);

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Each_gradient_alone_is_the_same(string register) => BackwardTests.AssertAlone(ConvRun.For(register, ConvWay.Winograd), s_shapes);

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Threads_change_no_bit_of_a_gradient(string register) => BackwardTests.AssertThreads(ConvRun.For(register, ConvWay.Winograd), s_shapes);

    static readonly ConvShape[] s_deep =
    [
        new(16, 32, 6, 6, 64, 3, 3),
        new(9, 64, 5, 6, 160, 3, 3) { PaddingHeight = 1, PaddingWidth = 1 },
        new(3, 32, 11, 8, 32, 3, 3) { PaddingHeight = 2, PaddingWidth = 0 },
    ];

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Deep_backward_is_the_direct_one_but_for_rounding(string register) =>
        BackwardTests.AssertThroughPooling(ConvRun.For(register, ConvWay.WinogradDeep), s_deep);

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Each_deep_gradient_alone_is_the_same(string register) => BackwardTests.AssertAlone(ConvRun.For(register, ConvWay.WinogradDeep), s_deep);

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Threads_change_no_bit_of_a_deep_gradient(string register) => BackwardTests.AssertThreads(ConvRun.For(register, ConvWay.WinogradDeep), s_deep);

    [SkippableTheory, MemberData(nameof(Registers))]
    public void A_large_batch_goes_deep_in_parts_and_keeps_its_digits(string register)
    {
        var s = new ConvShape(40, 32, 40, 40, 32, 3, 3) { PaddingHeight = 1, PaddingWidth = 1 };           // 100 tiles each, two images at a time
        var (x, weight, _) = ConvRun.Inputs(s);
        var dy = ConvRun.Random(s.Batch * s.OutHeight * s.OutWidth * s.OutChannels, 4);
        var deep = ConvRun.For(register, ConvWay.WinogradDeep).Backward(s, x, weight, dy);
        var exact = ConvRun.For("V256 double").Backward(s, x, weight, dy);
        Close(exact.Dx, deep.Dx);
        Close(exact.Dw, deep.Dw);
        Close(exact.Db, deep.Db);

        static void Close(double[] want, double[] got) =>
            Assert.InRange(Math.Sqrt(want.Zip(got, (w, g) => (w - g) * (w - g)).Sum() / want.Sum(w => w * w)), 0, 5e-6);
    }

    [Fact]
    public void Is_for_many_channels_of_float_and_stride_1()
    {
        var s = new ConvShape(1, 32, 20, 20, 64, 3, 3);
        Assert.True(Winograd.FitsForward<V512<float>>(s));
        Assert.False(Winograd.FitsForward<V512<double>>(s));
        Assert.False(Winograd.FitsForward<V1<float>>(s));
        Assert.False(Winograd.FitsForward<V512<float>>(s with { Height = 9, Width = 9 }));      // too few tiles
        Assert.False(Winograd.FitsForward<V512<float>>(s with { InChannels = 16 }));
        Assert.False(Winograd.FitsForward<V512<float>>(s with { OutChannels = 40 }));
        Assert.False(Winograd.FitsForward<V512<float>>(s with { StrideWidth = 2 }));
        Assert.False(Winograd.FitsForward<V512<float>>(s with { DilationHeight = 2 }));
        Assert.False(Winograd.FitsForward<V512<float>>(s with { KernelWidth = 1 }));
        Assert.False(Winograd.FitsForward<V512<float>>(s with { Groups = 2 }));
    }
}
