using System.CommandLine;

namespace Candeia.Compare;

/// <summary>The same work in Candeia and in PyTorch, in turn, on this machine. bench/compare starts it.</summary>
static class Program
{
    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    static int Main(string[] args)
    {
        // A worker measures its own start, so that nothing is parsed for it.
        if (args is ["first", var network, var files]) return Worker.First(Work.Of(network), files);
        if (args is ["train", var name, var folder, "--seconds", var limit, ..])
        {
            using var way = Rounding.AllowWinograd(!args.Contains("--direct"));
            return Worker.Run(Work.Of(name), folder, double.Parse(limit, System.Globalization.CultureInfo.InvariantCulture));
        }

        var networks = new Argument<string[]>("networks") { Description = "Which; all, if none is named.", Arity = ArgumentArity.ZeroOrMore };
        networks.AcceptOnlyFromAmong([.. Work.All.Select(w => w.Name)]);
        var rounds = new Option<int>("--rounds") { Description = "How often each is measured, in turn.", DefaultValueFactory = _ => 5 };
        var seconds = new Option<double>("--seconds") { Description = "How long each run trains.", DefaultValueFactory = _ => 4 };
        var page = new Option<bool>("--write") { Description = "Puts the tables into docs/performance.md." };
        var command = new RootCommand("Candeia beside PyTorch (Debian's python3-torch): medians of alternating runs, equal parameters, equal first losses.") { networks, rounds, seconds, page };
        command.SetAction(parsed =>
        {
            try
            {
                List<(Work, IReadOnlyList<Comparison.Row>)> results = [];
                foreach (var work in Work.All.Where(w => parsed.GetValue(networks) is not { Length: > 0 } wanted || wanted.Contains(w.Name)))
                {
                    var rows = new Comparison(work, parsed.GetValue(rounds), parsed.GetValue(seconds)).Run(Console.Error.WriteLine);
                    results.Add((work, rows));
                    Tell(work, rows);
                }
                if (parsed.GetValue(page)) Page.Write(Path.Combine(Root, "docs", "performance.md"), results, parsed.GetValue(rounds));
                return 0;
            }
            catch (InvalidOperationException fault)
            {
                Console.Error.WriteLine(fault.Message);
                return 1;
            }
        });
        return command.Parse(args).Invoke();
    }

    static void Tell(Work work, IReadOnlyList<Comparison.Row> rows)
    {
        Console.WriteLine($"\n{work.Title}, {rows[0].Median.Parameters:N0} parameters");
        Console.WriteLine($"{"",-38}{"step ms",10}{"ratio",8}{"predict ms",12}{"ratio",8}{"peak MiB",10}{"start s",9}{"managed KiB",13}");
        foreach (var (contestant, m, _, _, start) in rows)
            Console.WriteLine($"{contestant.Name,-38}{m.TrainMs,10:F3}{m.TrainMs / rows[0].Median.TrainMs,8:F2}{m.PredictMs,12:F3}{m.PredictMs / rows[0].Median.PredictMs,8:F2}{m.PeakMb,10:F0}{start,9:F2}{m.ManagedBytes / 1024,13:F1}");
    }

    static string Above(string folder)
    {
        for (var d = new DirectoryInfo(folder); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "Candeia.slnx"))) return d.FullName;
        throw new DirectoryNotFoundException($"Candeia.slnx is in no folder above '{folder}'.");
    }
}
