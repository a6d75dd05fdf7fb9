using System.Diagnostics;
using Candeia.Kernels;

namespace Candeia.Tests;

/// <summary>The whole op table, and PyTorch's values, on processors that know less: each in a process of its own, whose runtime is told so.</summary>
[Collection(nameof(Alone))]
public sealed class InstructionSetTests
{
    const string Expected = "CANDEIA_TEST_REGISTERS";
    static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    static readonly Type[] s_tests =
    [
        typeof(OpTests), typeof(BatchNormTests), typeof(GoldenUnaryTests), typeof(GoldenBinaryTests), typeof(GoldenReductionTests), typeof(GoldenMatMulTests),
        typeof(GoldenConvolutionTests), typeof(GoldenMovementTests), typeof(GoldenPromotionTests), typeof(AbsorptionTests), typeof(RecurrentTests), typeof(AttentionOpTests),
    ];

    [SkippableTheory]
    [InlineData("DOTNET_EnableAVX512", 512, 256)]
    [InlineData("DOTNET_EnableAVX2", 256, 0)]
    [InlineData("DOTNET_EnableHWIntrinsic", 0, 0)]
    public void Ops_hold_with_narrower_registers(string without, int needed, int expected)
    {
        Skip.If(Simd.Bits < needed, $"Registers of this process have {Simd.Bits} bits, so there is nothing to switch off.");
        Skip.If(Environment.GetEnvironmentVariable(without) == "0", $"{without} is off already.");
        var start = new ProcessStartInfo(Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            // Most code runs once there: counting its calls, to compile it better, would cost a third of the time.
            Environment = { [without] = "0", [Expected] = $"{expected}", ["DOTNET_TieredPGO"] = "0" },
            ArgumentList =
            {
                "vstest", typeof(InstructionSetTests).Assembly.Location,
                $"--TestCaseFilter:{string.Join('|', s_tests.Select(t => $"FullyQualifiedName~{t.FullName}."))}|FullyQualifiedName~{nameof(Registers_are_those_that_were_asked_for)}",
            },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"The tests without {without} were not done in {s_limit.TotalMinutes} minutes.");
        }
        Assert.True(process.ExitCode == 0, output.Result + errors.Result);
        Assert.Contains("Passed!", output.Result, StringComparison.Ordinal);
    }

    /// <summary>A switch whose name is wrong would be ignored without a word.</summary>
    [SkippableFact]
    public void Registers_are_those_that_were_asked_for()
    {
        Skip.If(Environment.GetEnvironmentVariable(Expected) is null, "Asks something of child processes only.");
        Assert.Equal(Environment.GetEnvironmentVariable(Expected), $"{Simd.Bits}");
    }
}
