using System.Diagnostics;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Distributed;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>A table to a model that predicts one of its columns: a network beside a linear model, from the data to a report.</summary>
sealed class TrainTableJob(TrainTableSettings settings, string outFolder, IStory story)
{
    public const string Network = "MLP", Linear = "linear";
    const long Moment = 2_000_000;

    /// <summary>Returns whether it came to its end. When it is stopped, what was learnt so far is tested and written.</summary>
    public bool Run(CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var files = new OutFolder(outFolder);
        story.Title("A table of your own", $"{settings.Threads} threads, {Machine.Here().Vectors}, seed {settings.Seed}");
        Generator.Seed(settings.Seed);

        story.Step("Data");
        var (all, target) = Table();
        var (table, without) = WithTarget(all, target);
        var encoder = Encoder(table, target, out var split);
        var data = new TableParts(encoder, table, split);

        story.Step("Training");
        int outputs = Math.Max(1, encoder.Classes.Count), features = encoder.Features.Count;
        TableRun[] runs =
        [
            Fit(data, Network, new TableNet(features, [settings.Hidden, settings.Hidden], outputs), settings.LearningRate, cancel),
            Fit(data, Linear, new TableNet(features, [], outputs), 5 * settings.LearningRate, cancel),
        ];
        bool stopped = cancel.IsCancellationRequested;
        var kept = runs.MinBy(r => r.Best)!;

        story.Step("Test");
        TableScore[] scores = [.. runs.Select(r => data.Score(r.Name, r.Model.Predict(data.Test.X))), data.Constant()];
        foreach (var score in scores) story.Line($"{score.Model}: {score}");
        story.Line($"kept: {kept.Name}, by the rows that watched the training");
        int some = TableImportance.Rows(data.Test.Count);
        var importance = TableImportance.Of(kept.Model, data.Test.X[..some], p => data.Score(kept.Name, p, some).Error, settings.Seed);
        story.Line($"counts most: {string.Join(", ", importance.Take(3).Select(i => i.Column))}");

        story.Step("Files");
        var metrics = new TrainTableMetrics(
            scores, kept.Name, importance, data.Train.Count, data.Valid.Count, data.Test.Count, without, features, encoder.LeftOut, watch.Elapsed.TotalSeconds, stopped,
            settings with { Target = target, Task = encoder.Task }, Versions.Here(), Machine.Here());
        TrainTableFiles.Write(files, metrics, new(metrics, all, data, runs, kept), all);
        files.Tell(story);
        return !stopped;
    }

    (DataFrame Table, string Target) Table()
    {
        if (settings.Data is not { } file)
        {
            var drawn = DrawnFlats.Draw(settings.Rows, settings.Seed);
            story.Line($"no --data: {drawn.Count:N0} flats and their rents, drawn, not measured");
            string named = settings.Target ?? DrawnFlats.Target;
            return (drawn, drawn[named].Name);
        }
        var table = TableFile.Read(file, "--data");
        story.Line($"{table.Count:N0} rows and {table.Columns.Count:N0} columns in {file}");
        string names = $"{string.Join(", ", table.Columns.Take(12).Select(c => c.Name))}{(table.Columns.Count > 12 ? ", …" : "")}";
        string target = settings.Target ?? throw new UserException($"--data needs --target: name the column of '{file}' that is to be predicted, one of {names}.");
        return (table, table[target].Name);
    }

    (DataFrame Table, int Without) WithTarget(DataFrame all, string target)
    {
        var goal = all[target];
        int[] rows = [.. Enumerable.Range(0, all.Count).Where(r => !goal.IsMissing(r))];
        int without = all.Count - rows.Length;
        if (without > 0) story.Line($"left out: {Count.Of(without, "row")} without a value of '{target}'");
        if (rows.Length < TableSplit.Fewest)
            throw new UserException($"'{all.Name}' has {Count.Of(rows.Length, "row")} with a value of '{target}'; {TableSplit.Fewest} are the least to learn from some and be tested on others.");
        return (without > 0 ? all.Subset(rows) : all, without);
    }

    TableEncoder Encoder(DataFrame table, string target, out TableSplit split)
    {
        // The whole table says what is predicted and whether it can be, the rows of the training alone how rows are encoded.
        var task = TableEncoder.Fit(table, target, settings.Task).Task;
        split = TableSplit.Of(table, target, task == TableTask.Classification, settings.Seed);
        var encoder = TableEncoder.Fit(table.Subset(split.Train), target, task);
        story.Line(encoder.Classes.Count > 0
            ? (FormattableString)$"'{target}' is one of {encoder.Classes.Count} classes: {string.Join(", ", encoder.Classes.Take(6))}{(encoder.Classes.Count > 6 ? ", …" : "")}"
            : $"'{target}' is a number, {encoder.TargetMean:G4} on average");
        story.Line($"{split.Train.Length:N0} rows to learn from, {split.Valid.Length:N0} to watch it, {split.Test.Length:N0} for the test");
        story.Line($"{Count.Of(encoder.Columns.Count, "column")} become {Count.Of(encoder.Features.Count, "number")}");
        foreach (var (column, why) in encoder.LeftOut) story.Line($"not used: {column}, because {why}");
        return encoder;
    }

    TableRun Fit(TableParts data, string name, TableNet net, double rate, CancellationToken cancel)
    {
        int epochs = settings.EpochsOf(data.Train.Count);
        story.Line($"{name}: {Count.Of(net.Parameters().Sum(p => p.Numel), "parameter")}, {Count.Of(epochs, "epoch")}");
        var best = new KeepBest("valid_loss");
        var learner = net.Without(data.Train.X).Setup(data.Loss, p => new AdamW(p, rate, weightDecay: 0.01))
            .With(new DataParallel(), new LearningRateSchedule(steps => new OneCycleSchedule(rate, steps), Per.Batch), best);
        // Hundreds of epochs that are through in a moment need no line each.
        learner = (long)epochs * data.Train.Count < Moment ? learner.Quiet() : learner.With(story.Training);
        var fitted = learner.On(settings.Device).Fit(data.Train.Loader(settings.BatchSize, shuffle: true, seed: settings.Seed), epochs, data.Valid.Loader(1024), cancel);
        fitted.Model.To(Device.Cpu);                                         // what follows is computed here
        fitted.History.Check(cancel);
        story.Line($"loss on the rows that watch: {best.Value:G4}, in epoch {best.Epoch}");
        return new(name, new(data.Encoder, net), fitted.History, best.Value);
    }
}

/// <summary>A model, and how it was trained.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Model">The model.</param>
/// <param name="History">Its epochs.</param>
/// <param name="Best">Its least loss on the rows that watched.</param>
sealed record TableRun(string Name, TableModel Model, History History, double Best);
