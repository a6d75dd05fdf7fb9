using System.Diagnostics;
using System.Text.Json;

namespace Candeia.Cli.Tests;

/// <summary>The tool alone and as one of several processes.</summary>
public sealed class ClusterTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Alone_it_says_what_is_installed_or_what_to_install()
    {
        string output = Tool.Apart(_folder.Path, "cluster").AssertOk().Output;
        Assert.Contains("launcher: none", output, StringComparison.Ordinal);
        Assert.Matches(@"library: (Open MPI|MPICH) \d|no MPI was found\. Install one: apt-get install openmpi-bin", output);
    }

    [Fact]
    public void A_launcher_without_its_library_is_answered_with_what_to_install()
    {
        var start = new ProcessStartInfo(Tool.Dotnet, [Path.Combine(AppContext.BaseDirectory, "candeia.dll"), "cluster"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        (start.Environment["OMPI_COMM_WORLD_SIZE"], start.Environment["CANDEIA_MPI"]) = ("2", "libnowhere.so");
        using var process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(1, process.ExitCode);
        Assert.Contains("CANDEIA_MPI names 'libnowhere.so', which cannot be loaded", error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("openmpi")]
    [InlineData("mpich")]
    public void Two_ranks_learn_what_one_process_learns_and_the_first_alone_writes(string mpi)
    {
        string launcher = $"/usr/bin/mpirun.{mpi}";
        Skip.IfNot(File.Exists(launcher), $"{launcher} is not installed.");
        string[] job = ["guess-the-correlation", "--train", "80", "--valid", "20", "--test", "30", "--batch-size", "16", "--epochs", "2", "--threads", "1"];
        Tool.Apart(_folder.Path, [.. job, "--out", "one"]).AssertOk();
        string[] own = mpi == "openmpi" ? ["--allow-run-as-root", "--oversubscribe", "--bind-to", "none"] : [];
        var start = new ProcessStartInfo(launcher, [.. own, "-n", "2", Tool.Dotnet, Path.Combine(AppContext.BaseDirectory, "candeia.dll"), .. job, "--out", "two"])
        {
            WorkingDirectory = _folder.Path, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(TimeSpan.FromMinutes(3)))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("The job did not end.");
        }
        Assert.True(process.ExitCode == 0, $"{output.Result}{error.Result}");
        Assert.Single(output.Result.Split('\n'), line => line.Contains("Epoch 2/2", StringComparison.Ordinal));
        var (one, two) = (Losses("one"), Losses("two"));
        Assert.Equal(one.Length, two.Length);
        Assert.All(one.Zip(two), loss => Assert.InRange(Math.Abs(loss.First - loss.Second), 0, 0.05));
        Assert.Equal(one[0], two[0], 0.01);
    }

    /// <summary>The losses of all epochs.</summary>
    double[] Losses(string run)
    {
        using var metrics = JsonDocument.Parse(File.ReadAllText(_folder[run, "metrics.json"]));
        return [.. metrics.RootElement.GetProperty("epochs").EnumerateArray().SelectMany(e => e.EnumerateObject()).Where(p => p.Name.Contains("loss", StringComparison.Ordinal)).Select(p => p.Value.GetDouble())];
    }
}
