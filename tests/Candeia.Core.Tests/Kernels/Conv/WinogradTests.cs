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
        var run = ConvRun.For(register, winograd: true);
        foreach (var s in s_shapes)
        {
            var (x, weight, bias) = ConvRun.Inputs(s);
            var (y, scale) = NaiveConvolution.Forward(s, x, weight, bias);
            run.AssertNear(y, run.Scale(scale), run.Forward(s, x, weight, bias).Y, s.GroupIn * s.Taps, s);
        }
    }

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Fused_has_the_bits_of_its_parts(string register) => ForwardTests.AssertFused(ConvRun.For(register, winograd: true), s_shapes);

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Threads_change_no_bit(string register) => ForwardTests.AssertThreads(ConvRun.For(register, winograd: true), s_shapes);

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Backward_is_the_direct_one_but_for_rounding(string register) =>
        BackwardTests.AssertThroughPooling(ConvRun.For(register, winograd: true), s_shapes);

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Each_gradient_alone_is_the_same(string register) => BackwardTests.AssertAlone(ConvRun.For(register, winograd: true), s_shapes);

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Threads_change_no_bit_of_a_gradient(string register) => BackwardTests.AssertThreads(ConvRun.For(register, winograd: true), s_shapes);

    [Fact]
    public void Is_for_many_channels_of_float_and_stride_1()
    {
        var s = new ConvShape(1, 32, 9, 9, 64, 3, 3);
        Assert.True(Winograd.Fits<V512<float>>(s));
        Assert.False(Winograd.Fits<V512<double>>(s));
        Assert.False(Winograd.Fits<V1<float>>(s));
        Assert.False(Winograd.Fits<V512<float>>(s with { InChannels = 16 }));
        Assert.False(Winograd.Fits<V512<float>>(s with { OutChannels = 40 }));
        Assert.False(Winograd.Fits<V512<float>>(s with { StrideWidth = 2 }));
        Assert.False(Winograd.Fits<V512<float>>(s with { DilationHeight = 2 }));
        Assert.False(Winograd.Fits<V512<float>>(s with { KernelWidth = 1 }));
        Assert.False(Winograd.Fits<V512<float>>(s with { Groups = 2 }));
    }
}
