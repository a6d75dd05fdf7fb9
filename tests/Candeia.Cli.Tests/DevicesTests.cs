using System.Text.Json;

namespace Candeia.Cli.Tests;

/// <summary>The devices of this machine.</summary>
public sealed class DevicesTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_processor_is_there_and_others_or_what_is_missing()
    {
        string output = Tool.Apart(_folder.Path, "devices").AssertOk().Output;
        Assert.Matches(@"^cpu: \d+ threads", output);
        Assert.Matches(@"cuda:0: .+, \d+\.\d GiB|There is no CUDA on this machine|NVIDIA's driver", output);
        Assert.Matches(@"opencl:0: .+, \d+\.\d GiB|There is no OpenCL on this machine\. .*apt-get install|OpenCL is there, but knows no device", output);
    }

    [Fact]
    public void A_device_that_is_not_there_is_refused_with_those_that_are()
    {
        var result = Tool.Apart(_folder.Path, "guess-the-correlation", "--device", "toaster:0");
        result.AssertFailed(2, "no device 'toaster:0'", "'cpu'");
        Assert.DoesNotContain("Parameter", result.Error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("guess-the-correlation", "--train", "64", "--valid", "16", "--test", "16", "--batch-size", "16", "--epochs", "1")]
    [InlineData("time-series", "--quick", "--weeks", "5", "--epochs", "1", "--hidden", "4")]
    [InlineData("language-model", "--characters", "3000", "--layers", "1", "--heads", "1", "--width", "8", "--context", "8", "--steps", "6", "--epochs", "1")]
    [InlineData("train-table", "--rows", "200", "--epochs", "1", "--hidden", "4")]
    public void A_network_learns_on_a_device_and_is_tested_and_saved_here(string command, params string[] options)
    {
        Skip.If(Gpu.OpenCl.Missing is not null, Gpu.OpenCl.Missing);
        Tool.Apart(_folder.Path, [command, .. options, "--threads", "1", "--out", "here"]).AssertOk();
        Tool.Apart(_folder.Path, [command, .. options, "--threads", "1", "--out", "there", "--device", "opencl:0"]).AssertOk();
        double Loss(string folder)
        {
            using var metrics = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.Path, folder, "metrics.json")));
            var root = metrics.RootElement;
            return root.TryGetProperty("epochs", out var epochs) ? epochs[0].GetProperty("train_loss").GetDouble() : root.GetProperty("scores")[0].GetProperty("mae").GetDouble();
        }
        double here = Loss("here");
        Assert.Equal(here, Loss("there"), 0.02 * here);
    }
}
