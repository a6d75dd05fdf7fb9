using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Candeia.Distributed.Tests;

/// <summary>Real processes of real MPIs, as far as they are installed: each test skips where its launcher is missing.</summary>
public class LauncherTests
{
    public static TheoryData<string, int> Everywhere => new() { { "openmpi", 1 }, { "openmpi", 2 }, { "openmpi", 4 }, { "mpich", 1 }, { "mpich", 2 }, { "mpich", 4 } };

    [SkippableTheory]
    [MemberData(nameof(Everywhere))]
    public void The_verbs_are_right(string mpi, int ranks)
    {
        var (code, output) = Run(mpi, ranks, "verbs");
        Assert.True(code == 0, output);
        Assert.Matches($"verbs are right on {ranks} ranks by {(ranks == 1 ? "none" : mpi == "openmpi" ? "Open MPI" : "MPICH")}", output);     // who is alone talks to nobody
    }

    /// <summary>A library with the interface that MPI 5.0 lays down, as there will be one for every MPI: a double that stands on Open MPI, built here.</summary>
    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void The_verbs_are_right_by_the_interface_of_the_standard(int ranks)
    {
        string[] job = Job("openmpi", ranks, "verbs");
        string? compiler = new[] { "cc", "gcc", "clang" }.Select(Find).FirstOrDefault(f => f is not null);
        Skip.If(compiler is null, "No compiler of C is installed to build the double with.");
        using var folder = new TemporaryFolder();
        string library = folder["libmpi_abi.so.0"];
        var (built, said) = Checked(compiler!, ["-shared", "-fPIC", "-o", library, Path.Combine(AppContext.BaseDirectory, "Doubles", "mpi_abi.c"), "-l:libmpi.so.40"]);
        Assert.True(built == 0, said);
        var (code, output) = Checked(job[0], job[1..], library: library);
        Assert.True(code == 0, output);
        Assert.Matches($"verbs are right on {ranks} ranks by {(ranks == 1 ? "none" : "A double of the MPI standard")}", output);
    }

    /// <summary>Every rank would be the first of one, and train by itself.</summary>
    [SkippableTheory]
    [InlineData("openmpi", "libmpich.so.12", "mpirun of Open MPI has started 2 processes, but MPICH [0-9.]+ .libmpich.so.12. sees 1: it is the library of another MPI")]
    [InlineData("mpich", "libmpi.so.40", "mpiexec of MPICH has started 2 processes, but Open MPI [0-9.]+ .libmpi.so.40. sees 1: it is the library of another MPI")]
    public void The_library_of_another_MPI_is_refused(string mpi, string library, string sentence)
    {
        string[] job = Job(mpi, 2, "verbs");
        _ = Job(mpi == "openmpi" ? "mpich" : "openmpi", 2);                  // the other one is there too
        var (code, output) = Checked(job[0], job[1..], library: library);
        Assert.True(code == 1, $"exit code {code}:\n{output}");
        Assert.Matches(sentence, output);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("verbs are right", output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("openmpi")]
    [InlineData("mpich")]
    public void Exceptions_of_dotnet_are_still_caught(string mpi)
    {
        var (code, output) = Run(mpi, 2, "fault");
        Assert.True(code == 0 && output.Contains("rank 0 has caught it", StringComparison.Ordinal) && output.Contains("rank 1 has caught it", StringComparison.Ordinal), output);
    }

    [SkippableTheory]
    [InlineData("openmpi", 2, 1)]
    [InlineData("openmpi", 2, 2)]
    [InlineData("openmpi", 4, 1, true)]
    [InlineData("mpich", 2, 2)]
    [InlineData("mpich", 4, 1)]
    [InlineData("mpich", 2, 1, true)]
    public void Shards_have_the_bits_of_one_process(string mpi, int ranks, int threads, bool sendsMessages = false)
    {
        using var folder = new TemporaryFolder();
        string expected = Ranks.Experiment.Run(new SingleCommunicator(), folder["one"], 4);
        string[] job = Job(mpi, ranks, "train", folder["some"], "4");
        var (code, output) = Checked(job[0], job[1..], threads, sendsMessages);
        Assert.True(code == 0 && output.Contains(expected, StringComparison.Ordinal), output);
    }

    [SkippableTheory]
    [InlineData("openmpi", 4)]
    [InlineData("mpich", 2)]
    public void Streams_have_the_bits_of_one_process(string mpi, int ranks)
    {
        using var folder = new TemporaryFolder();
        string expected = Ranks.Experiment.Streamed(new SingleCommunicator(), folder["one"], 4);
        var (code, output) = Run(mpi, ranks, "stream", folder["some"], "4");
        Assert.True(code == 0 && output.Contains(expected, StringComparison.Ordinal), output);
    }

    [SkippableTheory]
    [InlineData("openmpi", "hangs", 75, "of rank 1, which hangs")]
    [InlineData("mpich", "hangs", 75, "of rank 1, which hangs")]
    [InlineData("openmpi", "fails", null, "This rank has failed.")]
    [InlineData("mpich", "fails", null, "This rank has failed.")]
    [InlineData("openmpi", "ends", 3, "")]
    [InlineData("mpich", "ends", 3, "")]
    [InlineData("mpich", "leaves", 75, "of rank 1")]
    [InlineData("openmpi", "leaves", 75, "of rank 1")]
    [InlineData("openmpi", "dies", null, "")]
    [InlineData("mpich", "dies", null, "")]
    public void A_lost_rank_ends_the_job(string mpi, string how, int? expected, string words)
    {
        var (code, output) = Run(mpi, 2, "lost", how);
        Assert.True(expected is null ? code != 0 : code == expected, $"exit code {code}:\n{output}");
        Assert.Contains(words, output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("openmpi")]
    [InlineData("mpich")]
    public void A_signal_to_one_rank_stops_all(string mpi)
    {
        var (code, output) = Run(mpi, 2, "lost", "stops");
        Assert.True(code == 0, output);
        Assert.Contains("rank 0: interrupted", output, StringComparison.Ordinal);
        Assert.Contains("rank 1: interrupted", output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("openmpi", 7)]
    [InlineData("mpich", 12)]
    public void A_job_that_has_lost_a_rank_is_started_again_and_comes_to_the_same_bits(string mpi, int step)
    {
        using var folder = new TemporaryFolder();
        string expected = Ranks.Experiment.Run(new SingleCommunicator(), folder["one"], 4);
        string[] job = Job(mpi, 2, "mortal", folder["some"], $"{step}");
        var (code, output) = Checked("sh", [Path.Combine(Root, "eng", "distributed-restart.sh"), .. job]);
        Assert.True(code == 0, $"exit code {code}:\n{output}");
        Assert.True(File.Exists(folder["some", "killed"]));
        Assert.Contains("A rank was lost", output, StringComparison.Ordinal);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_program_that_answers_is_not_started_again()
    {
        Skip.If(OperatingSystem.IsWindows(), "a script of Unix");
        foreach (int code in (int[])[0, 1, 2, 130])
            Assert.Equal((code, ""), Checked("sh", [Path.Combine(Root, "eng", "distributed-restart.sh"), "sh", "-c", $"exit {code}"]));
        foreach (int loss in (int[])[75, 137, 9])                              // a rank that was killed, as either launcher says it
        {
            var (last, output) = Checked("sh", [Path.Combine(Root, "eng", "distributed-restart.sh"), "-r", "2", "sh", "-c", $"exit {loss}"]);
            Assert.Equal((75, 2), (last, output.Split("start").Length - 1));
        }
    }

    static string Root { get; } = Above(AppContext.BaseDirectory);

    static string Above(string folder) => File.Exists(Path.Combine(folder, "Candeia.slnx")) ? folder : Above(Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar))!);

    static (int Code, string Output) Run(string mpi, int ranks, params string[] arguments) => Job(mpi, ranks, arguments) is [var program, .. var rest] ? Checked(program, rest) : default;

    /// <summary>The command that starts a job; skips where it cannot.</summary>
    static string[] Job(string mpi, int ranks, params string[] arguments)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has other launchers.");
        string? launcher = new[] { $"mpirun.{mpi}", "mpirun" }.Select(Find).FirstOrDefault(f => f is not null);
        Skip.If(launcher is null, $"mpirun of {mpi} is not installed.");
        string[] own = mpi == "openmpi" ? ["--allow-run-as-root", "--oversubscribe", "--bind-to", "none"] : [];
        Skip.If(Path.GetFileName(launcher) == "mpirun" && Version(launcher!).Contains("Open MPI", StringComparison.OrdinalIgnoreCase) != (mpi == "openmpi"), $"mpirun is not that of {mpi}.");
        string host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        return [launcher!, .. own, "-n", $"{ranks}", host, typeof(Ranks.Verbs).Assembly.Location, .. arguments];
    }

    static string Version(string launcher) => Checked(launcher, ["--version"]).Output;

    static (int Code, string Output) Checked(string program, string[] arguments, int threads = 1, bool sendsMessages = false, string? library = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CANDEIA_THREADS"] = $"{threads}";
        if (library is not null) start.Environment[MpiLibrary.Variable] = library;
        if (sendsMessages) start.Environment[SharedFile.Variable] = "";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} has not ended after two minutes.");
        }
        return (process.ExitCode, output.Result + errors.Result);
    }

    static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);
}
