using System.Diagnostics;
using System.Text.Json;

namespace Candeia.KillResume;

/// <summary>Starts the training as a process of its own, kills it, and looks at what it has left.</summary>
public static class Killing
{
    static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    internal static int Run(int times, ulong seed)
    {
        var random = new Generator(seed);
        string root = Path.Combine(Path.GetTempPath(), $"candeia-kill-resume-{Guid.NewGuid():N}");
        try
        {
            Console.WriteLine($"seed {seed}, {root}");
            Train(Path.Combine(root, "warm-up"));
            var duration = Train(Path.Combine(root, "unbroken"));
            string expected = Outcome(Path.Combine(root, "unbroken"));
            Console.WriteLine($"unbroken: {duration.TotalSeconds:F2} s, {expected[..16]}");
            int failures = 0;
            for (int run = 1, kills = 0; kills < times; run++)
            {
                string folder = Path.Combine(root, $"{run}");
                List<string> moments = [];
                do
                {
                    var after = random.NextDouble() * duration;
                    if (TrainFor(folder, after) is not null) break;          // it was through before
                    moments.Add($"{after.TotalSeconds:F3} s at {LookAt(folder)}");
                }
                while (++kills < times && random.NextInt(3) == 0);           // now and then again and again
                Train(folder);
                string verdict = Outcome(folder) != expected ? "DIFFERENT BITS"
                    : Remains(folder) is [var left, ..] ? $"{Path.GetFileName(left)} WAS LEFT" : "the same bits";
                if (verdict != "the same bits") failures++;
                if (moments.Count > 0) Console.WriteLine($"{kills,3}  killed after {string.Join(", ", moments)}: {verdict}");
                Directory.Delete(folder, recursive: true);
            }
            Console.WriteLine(failures == 0 ? $"{times} kills, always the same bits, never half a file" : $"{failures} FAILURES");
            return failures == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    /// <summary>Trains to the end. Returns how long that took.</summary>
    public static TimeSpan Train(string folder) => TrainFor(folder, s_limit) ?? throw new TimeoutException($"The training in {folder} has not ended after {s_limit}.");

    /// <summary>Trains, and kills the process some time after training has begun. Returns how long it took, or null if it was killed.</summary>
    public static TimeSpan? TrainFor(string folder, TimeSpan time)
    {
        Directory.CreateDirectory(folder);
        string host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        var start = new ProcessStartInfo(host, [typeof(Killing).Assembly.Location, "train", folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadLine();                                  // training begins
        var watch = Stopwatch.StartNew();
        if (!process.WaitForExit(time))
        {
            process.Kill();                                                 // SIGKILL: nothing can be caught
            process.WaitForExit();
            return null;
        }
        return process.ExitCode == 0 ? watch.Elapsed : throw new InvalidOperationException($"The training in {folder} failed: {errors.Result}");
    }

    /// <summary>The hash of all that came of a training.</summary>
    public static string Outcome(string folder) => File.ReadAllText(Path.Combine(folder, Experiment.Result));

    /// <summary>What unfinished files there are, which the next process removes.</summary>
    public static string[] Remains(string folder) => Directory.GetFiles(folder, ".*.tmp");

    /// <summary>Checks that every file is whole, and tells where the training would go on.</summary>
    public static string LookAt(string folder)
    {
        foreach (string path in Directory.GetFiles(folder, "*.safetensors").Where(p => !Path.GetFileName(p).StartsWith('.'))) Safetensors.Load(path);
        foreach (string line in Lines(Path.Combine(folder, Experiment.JsonLines))) JsonDocument.Parse(line).Dispose();
        string[] columns = [.. Lines(Path.Combine(folder, Experiment.Csv)).Select(line => $"{line.Count(c => c == ',')}").Distinct()];
        if (columns.Length > 1) throw new InvalidDataException($"{folder} holds a CSV file with {string.Join(" and ", columns)} commas in a line.");
        if (!File.Exists(Path.Combine(folder, Experiment.Resume))) return "the beginning";
        using var checkpoint = SafetensorsFile.Open(Path.Combine(folder, Experiment.Resume));
        return $"epoch {checkpoint.Load("epoch").Item()}, batch {checkpoint.Load("batch").Item()}";
    }

    static string[] Lines(string path)
    {
        string text = File.Exists(path) ? File.ReadAllText(path) : "";
        return text.Length == 0 || text.EndsWith('\n') ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : throw new InvalidDataException($"{path} ends with half a line.");
    }
}
