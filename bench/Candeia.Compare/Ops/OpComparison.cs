using System.Diagnostics;
using System.Globalization;

namespace Candeia.Compare;

/// <summary>Ops measured in turn by processes that live as long as the comparison.</summary>
static class OpComparison
{
    /// <summary>One op on one shape and layout: the medians of the contestants, in milliseconds; ours first.</summary>
    public sealed record Row(OpCase Op, string Shape, bool Columns, double[] Ms)
    {
        /// <summary>The time of the fastest of the others, in ours; none without others.</summary>
        public double? Ratio => Ms.Length > 1 ? Ms[1..].Min() / Ms[0] : null;
    }

    /// <summary>Measures all; and what cannot be compared, because it fails, or because two contestants compute different things.</summary>
    public static (IReadOnlyList<Row> Rows, IReadOnlyList<string> Faults) Run(IReadOnlyList<OpCase> ops, int rounds, double seconds, bool ours, bool quick, Action<string> tell)
    {
        Contestant[] contestants = ours ? [Contestant.Candeia] : [Contestant.Candeia, Contestant.LibTorch, Contestant.LibTorchTuned];
        var processes = contestants.Select(c => c.Rival is null ? c.Start("ops", "answer") : c.Start("ops")).ToArray();
        try
        {
            List<Row> rows = [];
            List<string> faults = [];
            foreach (var op in ops)
                foreach (string shape in quick ? op.Shapes.Where(s => Elements(s) <= 100_000) : op.Shapes)
                    foreach (bool columns in op.Layouts ? (bool[])[false, true] : [false])
                    try
                    {
                        var row = new Row(op, shape, columns, Measure(op.Name, shape, columns));
                        rows.Add(row);
                        tell($"{op.Name,-22}{shape,14}{(columns ? " columns" : ""),-9}{string.Concat(row.Ms.Select(ms => $"{Page.Ms(ms),12}"))}{row.Ratio,8:F2}");
                    }
                    catch (InvalidOperationException fault)
                    {
                        faults.Add(fault.Message);
                        tell(fault.Message);
                    }
            return (rows, faults);
        }
        finally
        {
            foreach (var process in processes)
            {
                process.StandardInput.Close();
                if (!process.WaitForExit(TimeSpan.FromSeconds(10))) process.Kill();
                process.Dispose();
            }
        }

        double[] Measure(string name, string shape, bool columns)
        {
            var times = contestants.Select(_ => new List<double>()).ToArray();
            double? first = null;
            for (int round = 0; round < rounds; round++)
                for (int i = 0; i < contestants.Length; i++)
                {
                    var (ms, sum) = Ask(processes[i], contestants[i], $"{name.Replace(' ', '_')} {shape} {(columns ? "columns" : "rows")} {seconds.ToString(CultureInfo.InvariantCulture)}");
                    first ??= sum;
                    if (!(Math.Abs(sum - first.Value) <= 1e-3 * Math.Abs(first.Value) + 1e-6))
                        throw new InvalidOperationException($"'{name}' of {shape}{(columns ? ", in columns" : "")}: the checksum of {contestants[i].Name} is {sum}, ours {first}; they do not compute the same.");
                    times[i].Add(ms);
                }
            return [.. times.Select(t => t.Order().ElementAt(t.Count / 2))];
        }
    }

    /// <summary>How many elements an operand of this shape has.</summary>
    public static long Elements(string shape) => shape.Split('x').Aggregate(1L, (n, size) => n * long.Parse(size, CultureInfo.InvariantCulture));

    static (double Ms, double Sum) Ask(Process process, Contestant contestant, string question)
    {
        process.StandardInput.WriteLine(question);
        string? answer = process.StandardOutput.ReadLine();
        if (answer is null) throw new InvalidOperationException($"{contestant.Name} has ended at '{question}': {process.StandardError.ReadToEnd().Trim()}");
        if (answer.StartsWith("failed ", StringComparison.Ordinal)) throw new InvalidOperationException($"{contestant.Name} {answer} at '{question}'.");
        double[] numbers = [.. answer.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        return (numbers[0], numbers[1]);
    }
}
