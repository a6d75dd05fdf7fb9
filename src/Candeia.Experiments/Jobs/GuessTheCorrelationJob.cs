using System.Diagnostics;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Distributed;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>The main job: data, training, test, files.</summary>
sealed class GuessTheCorrelationJob(JobSettings settings, string dataFolder, string outFolder, IStory story)
{
    readonly Recipe _recipe = Recipe.Of(settings.Recipe);
    readonly Machine _machine = Machine.Here();

    /// <summary>Returns whether it came to its end. When it is stopped, what was learnt so far is tested and written.</summary>
    public bool Run(CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var files = new OutFolder(outFolder);
        story.Title("Guess the correlation", $"{settings.Threads} threads, {_machine.Vectors}, seed {settings.Seed}");
        Generator.Seed(settings.Seed);

        var (train, valid, test) = Split(Data(cancel));
        var batch = Look(train, valid, test);
        var net = Untrained(batch);
        var picture = Pictures.Of(batch);
        var fitted = Train(net, train, valid, EventFiles.Into(files, picture), cancel);
        bool stopped = cancel.IsCancellationRequested;
        var predictions = Test(fitted, test);

        story.Step("Files");
        var metrics = new JobMetrics(
            Score.Of(predictions), [.. fitted.History.Epochs.Select(EpochLoss.Of)], Speed(fitted.History), watch.Elapsed.TotalSeconds,
            Machine.PeakMemory(), settings.Seed, stopped, settings, Versions.Here(), _machine);
        var report = new JobReport(metrics, fitted.History, predictions, test, picture, net.Summarize(batch.X.Shape));
        JobFiles.Write(files, fitted, metrics, predictions, picture, report);
        files.Tell(story);
        return !stopped;
    }

    GuessTheCorrelation Data(CancellationToken cancel)
    {
        story.Step("Data");
        return World.FirstRankFirst(() => Scatterplots.Open(dataFolder, settings.Source, settings.Images, settings.Seed, story, cancel));
    }

    (Dataset<Sample> Train, Dataset<Sample> Valid, Dataset<Sample> Test) Split(GuessTheCorrelation data)
    {
        var (train, valid, test) = (settings.Train, settings.Valid, settings.Test);
        story.Line($"{data.Count:N0} scatterplots in {dataFolder}: {train:N0} to learn from, {valid:N0} to watch it, {test:N0} for the test");
        return (data[..train], data[train..(train + valid)], data[(train + valid)..(train + valid + test)]);
    }

    /// <summary>One item, one batch, and what they look like.</summary>
    Batch Look(Dataset<Sample> train, Dataset<Sample> valid, Dataset<Sample> test)
    {
        var first = train[0];
        story.Line($"the first: x {first.X.Shape} from {first.X.Min().Item()} to {first.X.Max().Item()}, y {first.Y.Item():0.00}, id {first.Id}");
        story.Step("A batch");
        var batch = train.Loader(Math.Min(64, train.Count)).Peek();
        int Batches(Dataset<Sample> data) => data.Loader(settings.BatchSize).Count;
        story.Line($"x {batch.X.Shape}, y {batch.Y.Shape}");
        story.Line($"{Count.Of(Batches(train), "batch", "batches")} of {settings.BatchSize} to train, {Batches(valid)} to validate, {Batches(test)} to test");
        // As in batch.png eight in a row, where the window has room for them.
        foreach (var row in batch.Y.ToArray<float>().Chunk(story.Columns >= 8 * 6 - 1 ? 8 : 4))
            story.Line($"{string.Join(' ', row.Select(y => TwoDigits.Of(y).PadLeft(5)))}");
        return batch;
    }

    Layer Untrained(Batch batch)
    {
        story.Step("A network");
        var net = _recipe.Network();
        foreach (string line in net.Summarize(batch.X.Shape).ToString(story.Columns).TrimEnd().Split('\n')) story.Line($"{line}");
        net.Eval();
        using var _ = Autograd.NoGrad();
        var y = net.Forward(batch.X);
        story.Line($"untrained, it answers between {y.Min().Item():0.000} and {y.Max().Item():0.000}");
        return net;
    }

    Fitted<Layer> Train(Layer net, Dataset<Sample> train, Dataset<Sample> valid, TensorBoard events, CancellationToken cancel)
    {
        story.Step("Training");
        var fitted = _recipe.Learner(net, settings.LearningRate).With(story.Training, new DataParallel(), events).On(settings.Device)
            .Fit(_recipe.Training(train).Loader(settings.BatchSize, shuffle: true), settings.Epochs, valid.Loader(settings.BatchSize), cancel);
        fitted.Model.To(Device.Cpu);                                         // what follows is computed here
        fitted.History.Check(cancel);
        return fitted;
    }

    IReadOnlyList<Prediction> Test(Fitted<Layer> fitted, Dataset<Sample> test)
    {
        story.Step("Test");
        var predictions = new Predictions();
        fitted.Learner.With(predictions).On(Device.Cpu).Predict(test.Loader(settings.BatchSize));
        story.Line($"{Score.Of(predictions.Rows)} on {test.Count:N0} images that it has never seen");
        return predictions.Rows;
    }

    static double Speed(History history) => history.Epochs.Sum(e => e.Train.Samples) / history.Epochs.Sum(e => e.Train.Seconds);
}
