using System.Globalization;
using Candeia.NN;
using Candeia.Onnx;

namespace Candeia.Compare;

/// <summary>Some work, done in turn by all contestants, several times; and the medians.</summary>
sealed class Comparison(Work work, int rounds, double seconds, Rows rows)
{
    /// <summary>The medians, and a sentence about each rival that cannot be compared: it crashes, or computes something else.</summary>
    public sealed record Result(Work Work, IReadOnlyList<Row> Rows, IReadOnlyList<string> Faults);

    /// <summary>A row of the result. Start is the time to the first prediction, where it was measured.</summary>
    public sealed record Row(Contestant Contestant, Measure Median, double? FastestMs, double? SlowestMs, double? Start);

    /// <summary>Runs all, in alternation.</summary>
    /// <exception cref="InvalidOperationException">Candeia fails, or no rival can be compared with it.</exception>
    public Result Run(Action<string> tell)
    {
        string folder = Directory.CreateTempSubdirectory("candeia-compare-").FullName;
        try
        {
            List<Contestant> contestants = [.. Contestant.For(work, Prepare(folder, tell), rows)];
            var measures = contestants.ToDictionary(c => c, _ => new List<Measure>());
            var starts = contestants.ToDictionary(c => c, _ => new List<double>());
            List<string> faults = [];
            for (int round = 1; round <= rounds; round++)
                foreach (var contestant in contestants.ToArray())
                    try
                    {
                        var measure = contestant.Measure(work, folder, seconds);
                        measures[contestant].Add(measure);
                        if (contestant.Starts) starts[contestant].Add(contestant.FirstPrediction(work, folder));
                        tell($"{work.Name,-12} round {round}/{rounds}   {contestant.Name,-38} step {measure.TrainMs,9:F3} ms   prediction {measure.PredictMs,9:F3} ms   loss {measure.FirstLoss:F6}   output {measure.Output:F6}");
                        Check(contestant, measure, measures[Contestant.Candeia][0]);
                    }
                    catch (InvalidOperationException fault) when (contestant.Rival is not null)
                    {
                        contestants.Remove(contestant);
                        faults.Add(fault.Message);
                        tell($"{work.Name,-12} {fault.Message}");
                    }
            if (rows != Rows.Ours && contestants.All(c => c.Rival is null)) throw new InvalidOperationException($"{work.Name}: no rival can be compared. {string.Join(' ', faults)}");
            return new(work, [.. contestants.Select(c => new Row(c, Median(measures[c]), measures[c].Min(m => m.TrainMs), measures[c].Max(m => m.TrainMs), Median(starts[c])))], faults);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes what all start from.</summary>
    public static void Prepare(Work work, string folder) => new Comparison(work, 1, 0, Rows.Ours).Prepare(folder, _ => { });

    /// <summary>The same; whether the network could be exported.</summary>
    bool Prepare(string folder, Action<string> tell)
    {
        Generator.Seed(777);
        var model = work.Model();
        var (x, y) = work.Data(new Generator(778));
        Tensor some = x.Narrow(0, 0, work.Predicts), one = x.Narrow(0, 0, 1);
        Safetensors.Save(Path.Combine(folder, "weights.safetensors"), model.StateDict());
        Safetensors.Save(Path.Combine(folder, "batch.safetensors"), new Dictionary<string, Tensor> { ["x"] = x, ["y"] = y, ["some"] = some.Clone(), ["one"] = one.Clone() });
        if (rows == Rows.Ours) return false;
        try
        {
            model.ExportOnnx(Path.Combine(folder, "some.onnx"), some, freeBatch: false);
            model.ExportOnnx(Path.Combine(folder, "one.onnx"), one, freeBatch: false);
            return true;
        }
        catch (OnnxException fault)
        {
            tell($"{work.Name,-12} has no row of ONNX Runtime: {fault.Message}");
            return false;
        }
    }

    void Check(Contestant contestant, Measure theirs, Measure ours)
    {
        if (theirs.Parameters is { } count && count != ours.Parameters)
            throw new InvalidOperationException($"{contestant.Name} has {count} parameters, ours {ours.Parameters}; the networks differ.");
        Same("first loss", theirs.FirstLoss, ours.FirstLoss);
        Same("mean output", theirs.Output, ours.Output);

        void Same(string what, double? other, double? own)
        {
            if (other is { } value && !(Math.Abs(value - own!.Value) <= work.LossTolerance * Math.Abs(own.Value)))
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The {what} of {contestant.Name} is {value:G6}, ours {own:G6}: they do not compute the same."));
        }
    }

    static Measure Median(List<Measure> measures) => measures[0] with
    {
        TrainMs = Median(measures.Select(m => m.TrainMs).OfType<double>()),
        PredictMs = Median(measures.Select(m => m.PredictMs))!.Value,
        PeakMb = Median(measures.Select(m => m.PeakMb))!.Value,
        ManagedBytes = Median(measures.Select(m => m.ManagedBytes).OfType<double>()),
    };

    static double? Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : sorted[sorted.Length / 2];
    }
}
