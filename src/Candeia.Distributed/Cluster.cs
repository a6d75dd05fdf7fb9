using System.Diagnostics;
using System.Globalization;

namespace Candeia.Distributed;

/// <summary>What there is of MPI on this machine, and among the ranks if there are several: for people who set up a cluster.</summary>
internal static class Cluster
{
    /// <summary>Lines about it. All ranks ask together.</summary>
    public static IEnumerable<string> Describe(ICommunicator ranks)
    {
        var launcher = Launcher.Find(Environment.GetEnvironmentVariable);
        yield return launcher is null ? "launcher: none, this process is alone; mpirun -n 4 starts four ranks" : $"launcher: {launcher.Name}, {Count(launcher.Size, "rank")}";
        if (ranks.Size == 1) foreach (string line in Libraries()) yield return line;
        else yield return $"library: {ranks.Carrier}{(ranks.AllowsThreads ? "" : ", which one thread alone may call: sums do not overlap with the backward pass")}";
        if (ranks is ISharesMemory { SharesMemory: true }) yield return "gradients: added up in memory that all ranks see";
        yield return $"processors: {Environment.ProcessorCount}, of which this rank uses {Threads.Count}";
        if (ranks.Size == 1) yield break;
        string[] hosts = [.. ranks.Gather(System.Text.Encoding.UTF8.GetBytes(Environment.MachineName)).Select(System.Text.Encoding.UTF8.GetString)];
        foreach (var host in hosts.Index().GroupBy(h => h.Item)) yield return $"host {host.Key}: {(host.Count() == 1 ? "rank" : "ranks")} {string.Join(", ", host.Select(h => h.Index))}";
        foreach (int bytes in (int[])[1 << 10, 1 << 20, 16 << 20])
            yield return string.Create(CultureInfo.InvariantCulture, $"a sum of {bytes >> 10} KiB over all ranks: {Milliseconds(ranks, bytes):0.000} ms");
    }

    static IEnumerable<string> Libraries()
    {
        bool any = false;
        foreach (bool isOpenMpi in (bool[])[true, false])
        {
            if (MpiLibrary.Load(isOpenMpi) is not { } library) continue;
            any = true;
            yield return $"library: {library.Version} ({library.Path}), with the constants of {library.Abi.Family}";
        }
        if (!any) yield return $"library: no MPI was found. {MpiLibrary.Remedy}";
    }

    /// <summary>The median of some sums in a fixed order, as gradients are added up.</summary>
    static double Milliseconds(ICommunicator ranks, int bytes)
    {
        int count = (bytes / sizeof(float) + ranks.Size - 1) / ranks.Size * ranks.Size;
        float[] values = new float[count], received = new float[count];
        double[] times = [.. Enumerable.Range(0, 9).Select(_ =>
        {
            ranks.Barrier();
            long start = Stopwatch.GetTimestamp();
            OrderedSum.Over(ranks, values, received);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }).Skip(2).Order()];
        return times[times.Length / 2];
    }

    static string Count(int n, string what) => n == 1 ? $"1 {what}" : $"{n} {what}s";
}
