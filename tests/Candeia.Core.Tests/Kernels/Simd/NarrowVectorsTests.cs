using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Candeia.Kernels;

namespace Candeia.Tests;

public class NarrowVectorsTests
{
    [Theory]
    [InlineData(0, 256, "without vectors")]
    [InlineData(0, 512, "without vectors")]
    [InlineData(256, 512, "with vectors of 256 bits")]
    public void A_program_compiled_for_less_says_so_and_how_to_change_it(int bits, int offered, string words)
    {
        string text = NarrowVectors.Warning(bits, offered)!;
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Contains($"vectors of {offered} bits", text, StringComparison.Ordinal);
        Assert.Contains("<IlcInstructionSet>native</IlcInstructionSet>", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(256, 256)]
    [InlineData(512, 512)]
    [InlineData(128, 0)]
    public void A_program_that_uses_all_is_silent(int bits, int offered) => Assert.Null(NarrowVectors.Warning(bits, offered));

    [Fact]
    public void The_processor_offers_what_compiling_at_run_time_finds()
    {
        if (Avx512BW.IsSupported && Avx512DQ.VL.IsSupported) Assert.Equal(512, NarrowVectors.Offered());
        else if (Avx2.IsSupported) Assert.InRange(NarrowVectors.Offered(), 256, 512);      // 512 may be switched off for this process
        Assert.True(NarrowVectors.Offered() >= (Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 0));
    }
}
