using Candeia.Kernels;

namespace Candeia.Tests;

[Collection("threads")]
public class InputProductTests
{
    static readonly ConvShape[] s_shapes =
    [
        .. ConvCases.All.Where(s => s is { Groups: 1, Batch: > 0 }),
        new(64, 40, 4, 4, 10, 4, 4),                                                    // from one pixel, as a generator begins
        new(5, 1, 28, 28, 32, 4, 4) { StrideHeight = 2, StrideWidth = 2, PaddingHeight = 1, PaddingWidth = 1 },
        new(3, 9, 11, 12, 4, 4, 5) { StrideHeight = 3, StrideWidth = 2, PaddingHeight = 2, PaddingWidth = 1 },
    ];

    public static TheoryData<string> Registers => ConvCases.Registers;

    [SkippableTheory, MemberData(nameof(Registers))]
    public void Equals_the_definition_with_any_number_of_threads(string register)
    {
        var run = ConvRun.For(register, ConvWay.Product);
        int before = Threads.Count;
        try
        {
            foreach (var s in s_shapes)
            {
                var (x, weight, _) = ConvRun.Inputs(s);
                var dy = ConvRun.Random(s.Batch * s.OutHeight * s.OutWidth * s.OutChannels, 4);
                var results = new[] { 1, 2, 5 }.Select(n => { Threads.Count = n; return run.Backward(s, x, weight, dy, wanted: "x").Dx; }).ToArray();
                var (want, _, _, scale, _, _) = NaiveConvolution.Backward(s, x, weight, dy);
                run.AssertNear(want, run.Scale(scale), results[0], s.OutChannels * s.Taps, s);
                Assert.All(results, dx => Assert.Equal(results[0], dx));
            }
        }
        finally { Threads.Count = before; }
    }

    [Fact]
    public void Is_for_images_that_are_mostly_border_and_for_a_channel_or_two()
    {
        Assert.True(InputProduct<V256<float>, float>.Suits(new(64, 512, 4, 4, 100, 4, 4)));
        Assert.True(InputProduct<V256<float>, float>.Suits(new(64, 1, 28, 28, 32, 4, 4) { StrideHeight = 2, StrideWidth = 2, PaddingHeight = 1, PaddingWidth = 1 }));
        Assert.False(InputProduct<V256<float>, float>.Suits(new(64, 256, 8, 8, 512, 4, 4) { StrideHeight = 2, StrideWidth = 2, PaddingHeight = 1, PaddingWidth = 1 }));
        Assert.False(InputProduct<V256<float>, float>.Suits(new(8, 64, 28, 28, 64, 1, 1)));
        Assert.False(InputProduct<V256<float>, float>.Suits(new(8, 64, 14, 14, 64, 3, 3) { PaddingHeight = 1, PaddingWidth = 1 }));
    }
}
