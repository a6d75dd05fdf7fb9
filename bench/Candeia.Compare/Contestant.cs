using System.Diagnostics;
using System.Text.Json;

namespace Candeia.Compare;

/// <summary>One row of a comparison: a command that measures, and the environment that it runs in.</summary>
sealed record Contestant(string Name, bool Ours, string[] Arguments, IReadOnlyDictionary<string, string>? Environment = null)
{
    static readonly JsonSerializerOptions s_json = new() { PropertyNameCaseInsensitive = true };
    static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    // Keeps freed memory instead of faulting it in anew at each step.
    static readonly Dictionary<string, string> s_malloc = new()
    {
        ["MALLOC_MMAP_THRESHOLD_"] = "8589934592", ["MALLOC_TRIM_THRESHOLD_"] = "8589934592", ["MALLOC_TOP_PAD_"] = "1073741824",
    };

    /// <summary>The rows for some work; the first of ours is the one that the others are measured against.</summary>
    public static IEnumerable<Contestant> For(Work work)
    {
        yield return new("Candeia", true, []);
        yield return new("PyTorch", false, []);
        if (work.Images) yield return new("PyTorch, channels_last", false, ["--channels-last"]);
        yield return new(work.Images ? "PyTorch, channels_last, malloc tuned" : "PyTorch, malloc tuned", false, work.Images ? ["--channels-last"] : [], s_malloc);
        if (work.Name is "correlation" or "normalized" or "resnet") yield return new("Candeia, direct convolution", true, ["--direct"]);
        yield return new("Candeia, AVX2", true, [], new Dictionary<string, string> { ["DOTNET_EnableAVX512"] = "0" });
        yield return new("Candeia, one thread", true, [], new Dictionary<string, string> { ["CANDEIA_THREADS"] = "1" });
    }

    /// <summary>A run of its own process on the files in a folder.</summary>
    public Measure Measure(Work work, string folder, double seconds) =>
        JsonSerializer.Deserialize<Measure>(Start(["train", work.Name, folder, "--seconds", $"{seconds}", .. Arguments]), s_json)!;

    /// <summary>Seconds from the start of a process to its first prediction of the saved model.</summary>
    public double FirstPrediction(Work work, string folder)
    {
        long start = Stopwatch.GetTimestamp();
        Start(["first", work.Name, folder]);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    string Start(string[] arguments)
    {
        string self = typeof(Contestant).Assembly.Location, script = Path.Combine(Program.Root, "bench", "pytorch", "worker.py");
        var start = new ProcessStartInfo(Ours ? "dotnet" : "/usr/bin/python3", [Ours ? self : script, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string? line = process.StandardOutput.ReadLine();
        if (!process.WaitForExit(s_limit)) process.Kill(entireProcessTree: true);
        return process.ExitCode == 0 && line is not null ? line : throw new InvalidOperationException($"{Name} failed: {errors.GetAwaiter().GetResult().Trim()}");
    }
}
