using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Candeia.Compare;

/// <summary>One row of a comparison: a command that measures, and the environment that it runs in.</summary>
/// <param name="Name">How the tables call it.</param>
/// <param name="Rival">Which of the rivals it is; none for ours.</param>
/// <param name="Arguments">Besides the work.</param>
/// <param name="Environment">What is set for it.</param>
/// <param name="Starts">Whether the time to its first prediction is measured.</param>
sealed record Contestant(string Name, string? Rival, string[] Arguments, IReadOnlyDictionary<string, string>? Environment = null, bool Starts = false)
{
    static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    // Keeps freed memory instead of faulting it in anew at each step.
    static readonly Dictionary<string, string> s_malloc = new()
    {
        ["MALLOC_MMAP_THRESHOLD_"] = "8589934592", ["MALLOC_TRIM_THRESHOLD_"] = "8589934592", ["MALLOC_TOP_PAD_"] = "1073741824",
    };

    static readonly Dictionary<string, string> s_mallocAvx2 = new(s_malloc) { ["ATEN_CPU_CAPABILITY"] = "avx2", ["ONEDNN_MAX_CPU_ISA"] = "AVX2" };

    public static Contestant Candeia { get; } = new("Candeia", null, [], Starts: true);

    public static Contestant LibTorch { get; } = new("libtorch", "libtorch", [], Starts: true);

    public static Contestant LibTorchTuned { get; } = new("libtorch, malloc tuned", "libtorch", [], s_malloc);

    /// <summary>What the rivals' program is, once it is built.</summary>
    public static string Rivals => Path.Combine(Program.Root, "bench", "Candeia.Rivals", "bin", "Release", "net10.0", "Candeia.Rivals.dll");

    /// <summary>The rows for some work; the first is the one that the others are measured against.</summary>
    /// <param name="work">What is computed.</param>
    /// <param name="exported">Whether there is an ONNX file of it.</param>
    /// <param name="rows">Which rows.</param>
    public static IEnumerable<Contestant> For(Work work, bool exported, Rows rows)
    {
        yield return Candeia;
        if (rows != Rows.Ours)
        {
            yield return LibTorch;
            if (work.Images) yield return new("libtorch, channels_last", "libtorch", ["--channels-last"]);
            yield return work.Images ? new("libtorch, channels_last, malloc tuned", "libtorch", ["--channels-last"], s_malloc) : LibTorchTuned;
            if (exported) yield return new("ONNX Runtime", "onnxruntime", [], Starts: true);
        }
        if (rows == Rows.Main) yield break;
        if (work.Name is "correlation" or "normalized" or "resnet") yield return new("Candeia, direct convolution", null, ["--direct"]);
        yield return new("Candeia, AVX2", null, [], new Dictionary<string, string> { ["DOTNET_EnableAVX512"] = "0" });
        if (rows == Rows.All) yield return new("libtorch, malloc tuned, AVX2", "libtorch", work.Images ? ["--channels-last"] : [], s_mallocAvx2);
        yield return new("Candeia, one thread", null, [], new Dictionary<string, string> { ["CANDEIA_THREADS"] = "1" });
    }

    /// <summary>A run of its own process on the files in a folder.</summary>
    public Measure Measure(Work work, string folder, double seconds) =>
        JsonSerializer.Deserialize<Measure>(Ask(["train", work.Name, folder, "--seconds", seconds.ToString(CultureInfo.InvariantCulture), .. Arguments]))!;

    /// <summary>Seconds from the start of a process to its first prediction of the saved model.</summary>
    public double FirstPrediction(Work work, string folder)
    {
        long start = Stopwatch.GetTimestamp();
        Ask(["first", work.Name, folder]);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>A process of it, whose texts can be read and written.</summary>
    public Process Start(params string[] arguments)
    {
        string program = Rival is null ? typeof(Contestant).Assembly.Location : Rivals;
        var start = new ProcessStartInfo("dotnet", [program, .. Rival is null ? [] : (string[])[Rival], .. arguments])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in Environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>What a process of it says to some arguments.</summary>
    /// <exception cref="InvalidOperationException">It fails.</exception>
    public string Ask(string[] arguments)
    {
        using var process = Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        string? line = process.StandardOutput.ReadLine();
        if (!process.WaitForExit(s_limit)) process.Kill(entireProcessTree: true);
        return process.ExitCode == 0 && line is not null ? line : throw new InvalidOperationException($"{Name} ended with exit code {process.ExitCode}. {errors.GetAwaiter().GetResult().Trim()}".TrimEnd());
    }
}

/// <summary>Which rows a comparison has.</summary>
enum Rows
{
    /// <summary>Candeia, the rivals, and Candeia without what makes it fast.</summary>
    All,

    /// <summary>Candeia and the rivals.</summary>
    Main,

    /// <summary>Candeia only, which needs no rivals.</summary>
    Ours,
}
