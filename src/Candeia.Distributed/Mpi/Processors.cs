using System.Globalization;

namespace Candeia.Distributed;

/// <summary>How the processors of a machine are shared among the ranks on it.</summary>
internal static class Processors
{
    /// <summary>Gives this process its part of the processors, unless the user has said how many threads there are, and warns of a launcher that took some away.</summary>
    public static void Divide(Launcher launcher, int rank)
    {
        int local = launcher.Local ?? 1, mine = Environment.ProcessorCount, all = OfMachine() ?? mine;
        var (threads, warning) = Share(mine, all, local, launcher.IsOpenMpi == true);
        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(Threads.Variable))) Threads.Count = threads;
        else return;
        if (warning is not null && rank == 0) Console.Error.WriteLine(warning);
    }

    /// <summary>The threads of a rank, and what to tell the user.</summary>
    /// <param name="mine">The processors that this process may use.</param>
    /// <param name="all">Those of the machine.</param>
    /// <param name="local">The ranks on it.</param>
    /// <param name="isOpenMpi">Whether Open MPI's launcher has started them.</param>
    internal static (int Threads, string? Warning) Share(int mine, int all, int local, bool isOpenMpi)
    {
        int fair = Math.Max(1, all / local);
        if (mine >= all) return (fair, null);
        return (Math.Max(1, mine), mine >= fair ? null
            : $"Each rank may use {mine} of its {fair} processors here, because the launcher has bound it to {(mine == 1 ? "one" : "them")}. Start with mpirun {(isOpenMpi ? "--bind-to none" : "-bind-to none")} to use all.");
    }

    /// <summary>The processors of the machine, whatever this process may use: Linux tells.</summary>
    static int? OfMachine()
    {
        const string Online = "/sys/devices/system/cpu/online";              // 0-3,8-11
        try
        {
            return File.Exists(Online) ? Count(File.ReadAllText(Online)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    internal static int Count(string ranges) => ranges.Trim().Split(',').Sum(range => range.Split('-') is [var from, var to]
        ? int.Parse(to, CultureInfo.InvariantCulture) - int.Parse(from, CultureInfo.InvariantCulture) + 1 : 1);
}
