using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Candeia.Datasets;

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
        string[] job = ["guess-the-correlation", "--train", "80", "--valid", "20", "--test", "30", "--batch-size", "16", "--epochs", "2", "--threads", "1"];
        Tool.Apart(_folder.Path, [.. job, "--out", "one"]).AssertOk();
        string output = Ended(Launched(mpi, [.. job, "--out", "two"]));
        Assert.Single(output.Split('\n'), line => line.Contains("Epoch 2/2", StringComparison.Ordinal));
        var (one, two) = (Losses("one"), Losses("two"));
        Assert.Equal(one.Length, two.Length);
        Assert.All(one.Zip(two), loss => Assert.InRange(Math.Abs(loss.First - loss.Second), 0, 0.05));
        Assert.Equal(one[0], two[0], 0.01);
    }

    public static TheoryData<string, string> Trainings => new()
    {
        { "openmpi", "train-table --rows 120 --epochs 60 --hidden 8" }, { "mpich", "train-table --rows 120 --epochs 60 --hidden 8" },
        { "openmpi", "train-images --data photos --model resnet18 --size 32 --epochs 1 --batch-size 16" },
        { "mpich", "train-images --data photos --model resnet18 --size 32 --epochs 1 --batch-size 16" },
        { "openmpi", "language-model --characters 8000 --layers 1 --heads 2 --width 16 --context 16 --batch-size 8 --steps 20 --epochs 2" },
        { "mpich", "language-model --characters 8000 --layers 1 --heads 2 --width 16 --context 16 --batch-size 8 --steps 20 --epochs 2" },
    };

    /// <summary>The files of two ranks are those of one process, and what stands in them about the model differs by rounding, and by what dropout draws.</summary>
    [SkippableTheory]
    [MemberData(nameof(Trainings))]
    public void Other_trainings_are_shared_too(string mpi, string job)
    {
        if (job.Contains("photos", StringComparison.Ordinal)) Photographs();
        string output = Ended(Launched(mpi, [.. job.Split(' '), "--threads", "1", "--seed", "3", "--out", "two"]));
        Tool.Apart(_folder.Path, [.. job.Split(' '), "--threads", "1", "--seed", "3", "--out", "one"]).AssertOk();
        Assert.Equal(Files("one"), Files("two"));
        Assert.Single(output.Split('\n'), line => line.Contains("seed 3", StringComparison.Ordinal));
        var (one, two) = (Learnt("one"), Learnt("two"));
        Assert.Equal(one.Length, two.Length);
        double share = job.StartsWith("train-table", StringComparison.Ordinal) ? 0.2 : 0.05;        // its linear model begins elsewhere, after what the network has drawn
        Assert.All(one.Zip(two), loss => Assert.InRange(Math.Abs(loss.First - loss.Second), 0, share * Math.Abs(loss.First) + 0.02));
    }

    /// <summary>What is not shared would be done once by each.</summary>
    [SkippableTheory]
    [InlineData("openmpi")]
    [InlineData("mpich")]
    public void What_one_process_does_is_refused_to_several(string mpi)
    {
        var refused = Launched(mpi, "what-if", "linear", "--out", "w");
        Assert.Equal(2, refused.ExitCode);
        Assert.Single($"{refused.Error}{refused.Output}".Split('\n'), line => line.Contains("what-if is done by one process: start it without mpirun.", StringComparison.Ordinal));
        Assert.Empty(_folder.Files);
        Assert.Contains("what-if", Ended(Launched(mpi, "--help")), StringComparison.Ordinal);
    }

    /// <summary>Two ranks of the tool; skips where their launcher is missing.</summary>
    ToolResult Launched(string mpi, params string[] args)
    {
        string launcher = $"/usr/bin/mpirun.{mpi}";
        Skip.IfNot(File.Exists(launcher), $"{launcher} is not installed.");
        string[] own = mpi == "openmpi" ? ["--allow-run-as-root", "--oversubscribe", "--bind-to", "none"] : [];
        var start = new ProcessStartInfo(launcher, [.. own, "-n", "2", Tool.Dotnet, Path.Combine(AppContext.BaseDirectory, "candeia.dll"), .. args])
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
        return new(process.ExitCode, output.Result, error.Result);
    }

    static string Ended(ToolResult result)
    {
        Assert.True(result.ExitCode == 0, $"{result.Output}{result.Error}");
        Assert.True(result.Output.Split("\u001b[?1h").Length <= 2, "Ranks that say nothing switch no keys of the terminal.");
        return result.Output;
    }

    /// <summary>Twenty pictures of each of three shapes.</summary>
    void Photographs()
    {
        var shapes = new DrawnShapes(60, 36);
        for (int i = 0; i < shapes.Count; i++)
            shapes[i].Picture.Save(Path.Combine(Directory.CreateDirectory(_folder["photos", $"{shapes[i].Label % 3}"]).FullName, $"{i}.png"));
    }

    string[] Files(string run) => [.. Directory.EnumerateFiles(_folder[run], "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_folder[run], f))
        .Where(f => !f.Contains("tfevents", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>All losses of the history; of tables the error of the linear model, for the network drops some of its numbers at random.</summary>
    double[] Learnt(string run)
    {
        using var metrics = JsonDocument.Parse(File.ReadAllText(_folder[run, "metrics.json"]));
        if (metrics.RootElement.TryGetProperty("scores", out var scores))
            return [.. scores.EnumerateArray().Where(s => s.GetProperty("model").GetString() == "linear").Select(s => s.EnumerateObject().First(p => p.Value.ValueKind == JsonValueKind.Number).Value.GetDouble())];
        string[][] rows = [.. File.ReadLines(_folder[run, "history.csv"]).Select(line => line.Split(','))];
        return [.. rows[0].Index().Where(c => c.Item.Contains("loss", StringComparison.Ordinal))
            .SelectMany(c => rows.Skip(1).Select(r => double.Parse(r[c.Index], CultureInfo.InvariantCulture)))];
    }

    /// <summary>The losses of all epochs.</summary>
    double[] Losses(string run)
    {
        using var metrics = JsonDocument.Parse(File.ReadAllText(_folder[run, "metrics.json"]));
        return [.. metrics.RootElement.GetProperty("epochs").EnumerateArray().SelectMany(e => e.EnumerateObject()).Where(p => p.Name.Contains("loss", StringComparison.Ordinal)).Select(p => p.Value.GetDouble())];
    }
}
