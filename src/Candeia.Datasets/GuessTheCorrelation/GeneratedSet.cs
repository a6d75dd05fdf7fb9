using System.Globalization;
using System.Runtime.ExceptionServices;

namespace Candeia.Datasets;

/// <summary>
/// Writes generated items in the real layout. All is made in a folder with another name, which gets its final name when it is complete; what an
/// interrupted run has left there is used by the next.
/// </summary>
internal static class GeneratedSet
{
    const string SeedFile = "generated-from-seed.txt", Partial = ".partial", Old = ".old", Lock = ".lock";

    static ReadOnlySpan<byte> PngEnd => [0, 0, 0, 0, (byte)'I', (byte)'E', (byte)'N', (byte)'D', 0xAE, 0x42, 0x60, 0x82];

    /// <summary>The seed that a folder was generated from; null where it was not.</summary>
    public static ulong? SeedOf(string folder)
    {
        string file = Path.Combine(folder, SeedFile);
        return File.Exists(file) && ulong.TryParse(File.ReadAllText(file).Trim(), CultureInfo.InvariantCulture, out ulong seed) ? seed : null;
    }

    /// <summary>Makes items 0 … count − 1 of a seed in <paramref name="folder"/>, in place of what is there.</summary>
    /// <exception cref="DatasetException">The folder cannot be written, or another process is writing it.</exception>
    public static void Write(string folder, int count, ulong seed, IProgress<DataProgress>? progress = null, CancellationToken cancel = default)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            using var mine = Claim(folder);
            string partial = folder + Partial;
            bool resumes = SeedOf(partial) == seed;
            if (!resumes) Begin(partial, seed);
            WriteItems(partial, count, new CorrelationGenerator(seed), resumes, progress, cancel);
            Publish(partial, folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"The data set cannot be written to '{folder}' ({fault.Message.TrimEnd('.')}); name another folder, or make room there.", fault);
        }
    }

    static void Begin(string partial, ulong seed)
    {
        if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        Directory.CreateDirectory(Path.Combine(partial, CorrelationLayout.TrainImages));
        File.WriteAllText(Path.Combine(partial, SeedFile), seed.ToString(CultureInfo.InvariantCulture) + "\n");
    }

    static void WriteItems(
        string partial, int count, CorrelationGenerator items, bool resumes, IProgress<DataProgress>? progress, CancellationToken cancel)
    {
        string images = Path.Combine(partial, CorrelationLayout.TrainImages);
        var rows = new string[count];
        int done = 0;
        InParallel(count, i =>
        {
            var scatter = items.Scatter(i);
            string id = items.Id(i), file = Path.Combine(images, id + CorrelationLayout.ImageEnding);
            rows[i] = string.Create(CultureInfo.InvariantCulture, $"{id},{scatter.Correlation:R}");
            if (!resumes || !IsComplete(file)) File.WriteAllBytes(file, CorrelationGenerator.Draw(scatter));
            int now = Interlocked.Increment(ref done);
            if (now % 100 == 0 || now == count) progress?.Report(new DataProgress(DataStage.Generating, now, count));
        }, cancel);
        if (resumes) RemoveOthers(images, rows);
        File.WriteAllText(Path.Combine(partial, CorrelationLayout.TrainTable), string.Join('\n', [CorrelationLayout.Header, .. rows, ""]));
    }

    static void InParallel(int count, Action<int> body, CancellationToken cancel)
    {
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Threads.Count, CancellationToken = cancel }, body);
        }
        catch (AggregateException all)
        {
            ExceptionDispatchInfo.Throw(all.InnerExceptions[0]);
        }
    }

    // An interrupted run may have been to make more than this one.
    static void RemoveOthers(string images, string[] rows)
    {
        var wanted = rows.Select(row => row[..row.IndexOf(',')]).ToHashSet();
        foreach (string file in Directory.EnumerateFiles(images))
            if (!wanted.Contains(Path.GetFileNameWithoutExtension(file))) File.Delete(file);
    }

    static bool IsComplete(string file)
    {
        if (!File.Exists(file)) return false;
        using var stream = File.OpenRead(file);
        if (stream.Length < PngEnd.Length) return false;
        Span<byte> end = stackalloc byte[PngEnd.Length];
        stream.Seek(-end.Length, SeekOrigin.End);
        stream.ReadExactly(end);
        return end.SequenceEqual(PngEnd);
    }

    static void Publish(string partial, string folder)
    {
        string old = folder + Old;
        if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
        if (Directory.Exists(folder)) Directory.Move(folder, old);
        Directory.Move(partial, folder);
        if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
    }

    static FileStream Claim(string folder)
    {
        try
        {
            return new FileStream(folder + Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException fault) when (File.Exists(folder + Lock))
        {
            throw new DatasetException($"Another program is writing '{folder}'; wait until it has finished.", fault);
        }
    }
}
