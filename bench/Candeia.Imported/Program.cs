using System.Globalization;

namespace Candeia.Imported;

/// <summary>
/// Files that others made, run here and by ONNX Runtime: in two processes, of which one computes while the other rests, in turn. Leave the machine alone meanwhile.
/// </summary>
static class Program
{
    static int Main(string[] args)
    {
        switch (args)
        {
            case ["serve", var side, var name, var threads]:
                Server.Run(side, Case.Named(name), int.Parse(threads, CultureInfo.InvariantCulture));
                return 0;
            case ["load", var name]:
                Loading.Tell(Case.Named(name));
                return 0;
            case [.. var names] when !Array.Exists(names, n => n.StartsWith('-')):
                return Compare([.. Case.All.Where(c => names.Length == 0 || names.Contains(c.Name))]);
            default:
                Console.Error.WriteLine($"[CASE …]: medians of alternating runs, of {string.Join(", ", Case.All.Select(c => c.Name))}; load CASE: time and memory of reading the file.");
                return 2;
        }
    }

    static int Compare(Case[] cases)
    {
        const int Rounds = 7, Threads = 2;
        List<double> ratios = [];
        Console.WriteLine($"{"",-28}{"Candeia ms",12}{"ONNX Runtime ms",17}{"ratio",8}{"B a run",10}");
        foreach (var one in cases)
        {
            if (one.Missing is { } reason)
            {
                Console.WriteLine($"{one.Name,-28}{reason}");
                continue;
            }
            using Client own = new("own", one, Threads), peer = new("peer", one, Threads);
            var (ours, theirs) = (new double[Rounds], new double[Rounds]);
            long bytes = 0;
            for (int i = 0; i < Rounds; i++) (ours[i], theirs[i]) = (own.Median(out bytes), peer.Median(out _));
            Array.Sort(ours);
            Array.Sort(theirs);
            double ratio = theirs[Rounds / 2] / ours[Rounds / 2];
            ratios.Add(ratio);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Name,-28}{ours[Rounds / 2],12:F3}{theirs[Rounds / 2],17:F3}{ratio,8:F2}{bytes,10}"));
        }
        if (ratios.Count > 0) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"geometric mean",-28}{"",12}{"",17}{Math.Exp(ratios.Average(Math.Log)),8:F2}"));
        return 0;
    }
}
