namespace Candeia.Compare;

/// <summary>Some work, done in turn by all contestants, several times; and the medians.</summary>
sealed class Comparison(Work work, int rounds, double seconds)
{
    /// <summary>A row of the result. Start is the time to the first prediction, where it was measured.</summary>
    public sealed record Row(Contestant Contestant, Measure Median, double FastestMs, double SlowestMs, double? Start);

    public Work Work => work;

    /// <summary>Runs all, in alternation.</summary>
    /// <exception cref="InvalidOperationException">Parameter counts or first losses differ.</exception>
    public IReadOnlyList<Row> Run(Action<string> tell)
    {
        string folder = Directory.CreateTempSubdirectory("candeia-compare-").FullName;
        try
        {
            Prepare(folder);
            Contestant[] contestants = [.. Contestant.For(work)];
            var measures = contestants.Select(_ => new List<Measure>()).ToArray();
            var starts = contestants.Select(_ => new List<double>()).ToArray();
            for (int round = 1; round <= rounds; round++)
                for (int i = 0; i < contestants.Length; i++)
                {
                    var measure = contestants[i].Measure(work, folder, seconds);
                    measures[i].Add(measure);
                    if (contestants[i].Environment is null && contestants[i].Arguments.Length == 0) starts[i].Add(contestants[i].FirstPrediction(work, folder));
                    tell($"{work.Name,-12} round {round}/{rounds}   {contestants[i].Name,-38} step {measure.TrainMs,9:F3} ms   prediction {measure.PredictMs,9:F3} ms   loss {measure.FirstLoss:F6}");
                }
            Check(contestants, measures);
            return [.. contestants.Select((c, i) => new Row(c, Median(measures[i]), measures[i].Min(m => m.TrainMs), measures[i].Max(m => m.TrainMs), starts[i].Count > 0 ? Median(starts[i]) : null))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    void Prepare(string folder)
    {
        Generator.Seed(777);
        var model = work.Model();
        var (x, y) = work.Data(new Generator(778));
        Safetensors.Save(Path.Combine(folder, "weights.safetensors"), model.StateDict());
        Safetensors.Save(Path.Combine(folder, "batch.safetensors"), new Dictionary<string, Tensor> { ["x"] = x, ["y"] = y });
    }

    void Check(Contestant[] contestants, List<Measure>[] measures)
    {
        var ours = measures[0][0];
        for (int i = 0; i < contestants.Length; i++)
        {
            if (measures[i][0].Parameters != ours.Parameters)
                throw new InvalidOperationException($"{work.Name}: {contestants[i].Name} has {measures[i][0].Parameters} parameters, ours {ours.Parameters}; the networks differ.");
            if (Math.Abs(measures[i][0].FirstLoss - ours.FirstLoss) > work.LossTolerance * Math.Abs(ours.FirstLoss))
                throw new InvalidOperationException($"{work.Name}: the first loss of {contestants[i].Name} is {measures[i][0].FirstLoss}, ours {ours.FirstLoss}; they do not compute the same.");
        }
    }

    static Measure Median(List<Measure> measures) => measures[0] with
    {
        TrainMs = Median(measures.Select(m => m.TrainMs)),
        PredictMs = Median(measures.Select(m => m.PredictMs)),
        PeakMb = Median(measures.Select(m => m.PeakMb)),
        ManagedBytes = measures[0].ManagedBytes is null ? null : Median(measures.Select(m => m.ManagedBytes!.Value)),
    };

    static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
