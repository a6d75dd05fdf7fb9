using System.CommandLine;
using System.Globalization;

namespace Candeia.Compare;

/// <summary>The same work in Candeia, in libtorch and in ONNX Runtime, in turn, on this machine. bench/compare starts it.</summary>
static class Program
{
    static readonly Option<int?> s_rounds = new("--rounds") { Description = "How often each is measured, in turn; 5, if nothing is given." };
    static readonly Option<double?> s_seconds = new("--seconds") { Description = "How long each measurement takes; 4 for networks and 0.1 for ops, if nothing is given." };
    static readonly Option<bool> s_quick = new("--quick") { Description = "Everything once: whether it works, and both sides agree." };
    static readonly Option<bool> s_ours = new("--ours") { Description = "Candeia alone, without building the rivals." };
    static readonly Option<bool> s_write = new("--write") { Description = "Puts the tables into docs/performance.md, or docs/performance-ops.md, where the lines of ops that were not measured stay." };

    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = Above(AppContext.BaseDirectory);

    static int Main(string[] args)
    {
        // A worker measures its own start, so that nothing is parsed for it.
        if (args is ["first", var network, var files]) return Worker.First(Work.Of(network), files);
        if (args is ["train", var name, var folder, "--seconds", var limit, ..])
        {
            using var way = Rounding.AllowWinograd(!args.Contains("--direct"));
            return Worker.Run(Work.Of(name), folder, double.Parse(limit, CultureInfo.InvariantCulture));
        }
        if (args is ["course", var learnt, var texts]) return CourseComparison.Worker(Work.Of(learnt), texts);
        if (args is ["threads", var cut, var files2, var duration]) return ThreadsComparison.Worker(Work.Of(cut), files2, double.Parse(duration, CultureInfo.InvariantCulture));
        if (args is ["ops", "answer"]) return OpServer.Run(OurOps.All, (shape, columns) => new OurOperands(shape, columns), OurOps.Run);

        var networks = new Argument<string[]>("networks") { Description = "Which; all, if none is named.", Arity = ArgumentArity.ZeroOrMore };
        networks.AcceptOnlyFromAmong([.. Work.All.Select(w => w.Name)]);
        var main = new Option<bool>("--main") { Description = "Only the rows of the contestants, not those of Candeia on AVX2 or with one thread." };
        var ops = new Argument<string[]>("ops") { Description = "Which; all, if none is named.", Arity = ArgumentArity.ZeroOrMore };
        ops.AcceptOnlyFromAmong([.. OpCase.All.Select(o => o.Name)]);
        var opsCommand = new Command("ops", "Single operations, on a thousand to sixteen million elements, in both layouts.") { ops, s_rounds, s_seconds, s_quick, s_ours, s_write };
        var text = new Option<FileInfo>("--text") { Description = "The text that is learnt; a few hundred thousand characters.", Required = true };
        text.AcceptExistingOnly();
        var steps = new Option<int>("--steps") { Description = "How many steps are trained.", DefaultValueFactory = _ => 600 };
        var courseCommand = new Command("course", "A GPT learns from a text, here and in libtorch, from the same weights by the same batches.") { text, steps, s_write };
        courseCommand.SetAction(parsed => Guard(() => CourseComparison.Run(parsed.GetValue(text)!.FullName, Math.Max(10, parsed.GetValue(steps)), parsed.GetValue(s_write))));
        var threadsCommand = new Command("threads", "What more threads would give: from the items of a step as one thread does them.") { networks, s_seconds, s_quick, s_write };
        threadsCommand.SetAction(parsed => Guard(() => ThreadsComparison.Run(Chosen(parsed), Effort(parsed, 2).Seconds, parsed.GetValue(s_write))));
        var memoryCommand = new Command("memory", "Bytes of tensors in a training and in a prediction, in float32 and in bfloat16.") { networks, s_write };
        memoryCommand.SetAction(parsed => Guard(() => MemoryComparison.Run(Chosen(parsed), parsed.GetValue(s_write))));
        var command = new RootCommand("Candeia beside libtorch (by TorchSharp) and ONNX Runtime: medians of alternating runs, equal parameters, outputs and first losses.")
        {
            networks, main, s_rounds, s_seconds, s_quick, s_ours, s_write, opsCommand, courseCommand, threadsCommand, memoryCommand,
        };
        command.SetAction(parsed => Guard(() =>
            Networks(parsed, Chosen(parsed),
                parsed.GetValue(s_ours) ? Rows.Ours : parsed.GetValue(main) ? Rows.Main : Rows.All)));
        opsCommand.SetAction(parsed => Guard(() => Ops(parsed, [.. OpCase.All.Where(o => parsed.GetValue(ops) is not { Length: > 0 } wanted || wanted.Contains(o.Name))])));
        return command.Parse(args).Invoke();

        Work[] Chosen(ParseResult parsed) => [.. Work.All.Where(w => parsed.GetValue(networks) is not { Length: > 0 } wanted || wanted.Contains(w.Name))];
    }

    static void Networks(ParseResult parsed, Work[] works, Rows rows)
    {
        var (rounds, seconds) = Effort(parsed, 4);
        List<string> faults = [];
        foreach (var work in works)
            try
            {
                var result = new Comparison(work, rounds, seconds, rows).Run(Console.Error.WriteLine);
                faults.AddRange(result.Faults.Select(f => $"{work.Name}: {f}"));
                Tell(work, result.Rows);
                if (!parsed.GetValue(s_write)) continue;
                Page.Write("performance.md", before => Page.Tables(result, rounds, before));
                Goals.Write();
            }
            catch (InvalidOperationException fault)
            {
                faults.Add(fault.Message);
                Console.Error.WriteLine(fault.Message);
            }
        if (faults.Count > 0) throw new InvalidOperationException(string.Join('\n', faults));
    }

    static void Ops(ParseResult parsed, OpCase[] ops)
    {
        var (rounds, seconds) = Effort(parsed, 0.1);
        var (results, faults) = OpComparison.Run(ops, rounds, seconds, parsed.GetValue(s_ours), quick: parsed.GetValue(s_quick), Console.Error.WriteLine);
        Console.WriteLine(OpPage.Table(results, rounds));
        if (parsed.GetValue(s_write)) Page.Write("performance-ops.md", before => OpPage.Table(results, rounds, before));
        if (faults.Count > 0) throw new InvalidOperationException(string.Join('\n', faults));
    }

    static (int Rounds, double Seconds) Effort(ParseResult parsed, double seconds) =>
        parsed.GetValue(s_quick) ? (1, 0) : (parsed.GetValue(s_rounds) ?? 5, parsed.GetValue(s_seconds) ?? seconds);

    static int Guard(Action run)
    {
        try
        {
            run();
            return 0;
        }
        catch (InvalidOperationException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return 1;
        }
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
