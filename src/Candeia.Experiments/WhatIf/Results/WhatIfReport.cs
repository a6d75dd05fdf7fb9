using Candeia.Charts;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>The page of all experiments: a part for each, with its answer, curves, predictions and table.</summary>
/// <param name="finished">The experiments, in the order in which they are told.</param>
/// <param name="settings">The options.</param>
/// <param name="digits">What the digits are, where there were any.</param>
/// <param name="baselines">The tutorial's network from several seeds.</param>
sealed class WhatIfReport(
    IReadOnlyList<Finished> finished, WhatIfSettings settings, string? digits, IReadOnlyList<Outcome> baselines)
{
    const int MostCurves = 6;

    /// <summary>Everything on one page.</summary>
    public Report Page() => new("What if?")
    {
        Lead = "One thing is changed at a time: the same pictures, the same seed, another network, loss, optimizer or time. "
            + "Every sentence below is computed from the numbers beside it.",
        Tiles = baselines.Count < 2 ? [] :
        [
            new Tile("the tutorial's test MSE", Words.Mse(baselines[0].Error))
            {
                Note = $"{baselines.Count} seeds: {Words.Mse(baselines.Min(b => b.Error))} to {Words.Mse(baselines.Max(b => b.Error))}",
            },
            new Tile("from seed to seed", Words.Text($"{100 * (Math.Exp(Comparison.SpreadOf([.. baselines.Select(b => b.Error)])) - 1):0}"), "%")
            {
                Note = "how much the error of the same training varies",
            },
        ],
        Sections = [.. finished.Select(Part)],
        Footer = [.. Facts()],
    };

    /// <summary>The figure that tells most of an experiment.</summary>
    public static Figure Curves(Finished part)
    {
        var drawn = Drawn(part);
        return RunCharts.Curves([.. drawn.Select(r => (r.Variant.Label, HistoryOf(r.Outcome)))])
            with { Title = $"Loss per epoch: {part.Experiment.Name.Replace('-', ' ')}" };
    }

    Section Part(Finished part)
    {
        var results = part.Found.All;
        List<ReportBlock> blocks = [part.Conclusion];
        if (part.Experiment.Note != "") blocks.Add(part.Experiment.Note);
        if (results[0].Outcome.Trial.Problem == Problem.Digits && digits is not null) blocks.Add(digits);
        blocks.Add(Curves(part));
        var more = Details(part).ToArray();
        if (more.Length > 0) blocks.Add(new FigureRow(more));
        blocks.Add(Numbers(results));
        blocks.Add(new CodeBlock(string.Join("\n", results.Select(r => $"{r.Variant.Label + ":",-28} {r.Variant.Trial.Change(results[0].Variant.Trial)}"))) { Caption = "What is changed" });
        return new(part.Experiment.Question, blocks);
    }

    static IEnumerable<Figure> Details(Finished part)
    {
        foreach (var (variant, outcome) in new[] { part.Found.First, part.Found.Best }.Distinct())
        {
            if (outcome.Diverged) continue;
            switch (outcome.Trial.Problem)
            {
                case Problem.Correlation:
                    yield return PredictionsChart.Of([.. outcome.Truth.Select(v => (double)v)], [.. outcome.Predicted.Select(v => (double)v)])
                        with { Title = $"Predictions: {variant.Label}" };
                    break;
                case Problem.Binary:
                    if (outcome.Truth.Distinct().Count() == 2) yield return RocCurve.Of(Tensor.From(outcome.Predicted), Tensor.From(outcome.Truth)).Chart();
                    yield return ConfusionOf(outcome, 2).Chart(["weak", "strong"]);
                    break;
                case Problem.Digits:
                    yield return ConfusionOf(outcome, (int)outcome.Truth.Concat(outcome.Predicted).Max() + 1).Chart() with { Title = $"What is taken for what: {variant.Label}" };
                    break;
            }
        }
    }

    static Confusion ConfusionOf(Outcome outcome, int classes)
    {
        var counts = new long[classes, classes];
        foreach (var (truth, predicted) in outcome.Truth.Zip(outcome.Predicted)) counts[(int)MathF.Round(truth), (int)MathF.Round(predicted)]++;
        return new(counts);
    }

    static Table Numbers(IReadOnlyList<Result> results)
    {
        bool classes = results[0].Outcome.Accuracy is not null;
        return new(
            ["variant", "train loss", "validation loss", "test loss", classes ? "accuracy" : "MAE", "parameters", "seconds", "images/s"],
            [.. results.Select(r => (IReadOnlyList<object?>)
            [
                r.Variant.Label, r.Outcome.TrainLoss, r.Outcome.ValidLoss, r.Outcome.TestLoss, classes ? r.Outcome.Accuracy : r.Outcome.Mae,
                r.Outcome.Parameters, Math.Round(r.Outcome.Seconds, 1), Math.Round(r.Outcome.ImagesPerSecond),
            ])]);
    }

    // Where there are too many, the best of each kind, as the choice among them went.
    static IReadOnlyList<Result> Drawn(Finished part)
    {
        var results = part.Found.All;
        return results.Count <= MostCurves ? results
            : [.. results.Where(r => !r.Outcome.Diverged).GroupBy(r => (r.Variant.Trial.Optimizer, r.Variant.Trial.Train))
                .Select(g => g.MinBy(r => r.Outcome.Watched)).OrderByDescending(r => r.Variant.Trial.Train).ThenBy(r => r.Outcome.Watched).Take(MostCurves)];
    }

    static History HistoryOf(Outcome outcome) => new([.. outcome.Epochs.Select(e => new EpochResult(
        e.Epoch, Loss(e.TrainLoss), e.ValidLoss is { } loss ? Loss(loss) : null, e.Seconds, outcome.LearningRate))]);

    static PhaseResult Loss(double loss) => new(loss, new Dictionary<string, double>(), 1, 1);

    IEnumerable<Fact> Facts()
    {
        var (versions, machine) = (Versions.Here(), Machine.Here());
        yield return new("Made", Words.Text($"{DateTime.Now:yyyy-MM-dd HH:mm}"));
        yield return new("With", $"Candeia {versions.Candeia}, .NET {versions.Dotnet}");
        yield return new("On", $"{machine.Processor}, {machine.Vectors}, {machine.System}");
        yield return new("Settings", Words.Text(
            $"{settings.Train} images to learn from, {settings.Valid} to watch it, {settings.Test} for the test; {Count.Of(settings.Epochs, "epoch")}, batches of {settings.BatchSize}, Adam {settings.LearningRate}, seed {settings.Seed}"));
    }
}
