using System.Diagnostics;
using Candeia.Data;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>Trains what a trial says, and tests it.</summary>
sealed class Lab(DataRoom data, IStory story)
{
    /// <exception cref="OperationCanceledException">It was stopped; nothing of the trial is kept.</exception>
    public Outcome Run(Trial trial, CancellationToken cancel)
    {
        Generator.Seed(trial.Seed);
        using var way = Convolving(trial);
        var (train, valid, test) = data.For(trial);
        if (trial.Recipe is { } recipe) train = recipe.Training(train);
        double rate = trial.FindsRate ? Found(trial, train, cancel) : trial.LearningRate;
        Generator.Seed(trial.Seed);
        var made = Learner(trial, rate, train[0].X.Shape);
        if (trial.Device is { } device) made = made.On(device);
        if (trial.Schedule.Run(trial.Epochs, rate) is { } schedule) made = made.With(schedule);
        // A training that is stopped is not kept, so nothing but the tool listens to Ctrl+C.
        var learner = made with { Callbacks = [story.Training, .. made.Callbacks.Where(c => c is not (Progress or Interrupt))] };
        var watch = Stopwatch.StartNew();
        var fitted = learner.Fit(Batches(trial, train), trial.Epochs, valid?.Loader(trial.BatchSize), cancel);
        double seconds = watch.Elapsed.TotalSeconds;
        cancel.ThrowIfCancellationRequested();
        return Judge(trial, fitted, rate, seconds, train[..Math.Min(train.Count, test.Count)], test, cancel);
    }

    // A last batch of one has no variance to be normalized by.
    static Loader<Batch> Batches(Trial trial, Dataset<Sample> train) => train.Loader(
        trial.BatchSize, shuffle: true, dropLast: trial.BatchSize > 1 && train.Count > trial.BatchSize && train.Count % trial.BatchSize == 1, seed: trial.Seed);

    /// <summary>Has convolutions computed as the trial wants it, until it is disposed.</summary>
    public static Switched Convolving(Trial trial) => Rounding.AllowWinograd(!trial.Direct);

    /// <summary>Loss, optimizer and metrics of a trial on a fresh network.</summary>
    public static Learner<Layer> Learner(Trial trial, double rate, Shape input, int classes)
    {
        if (trial.Recipe is { } recipe) return recipe.Learner(recipe.Network(), rate) with { Metrics = [new MeanAbsoluteError()] };
        var model = trial.Network.Run(input, trial.Problem == Problem.Digits ? classes : 1);
        if (trial.Float64) model.To(DType.Float64);
        (Loss loss, Metric metric) = trial.Problem switch
        {
            Problem.Correlation => ((Loss)((y, target) => y.MseLoss(target.Unsqueeze(1))), (Metric)new MeanAbsoluteError()),
            Problem.Binary => ((y, target) => y.BceWithLogitsLoss(target.Unsqueeze(1)), new BinaryAccuracy(FromLogits: true)),
            _ => ((y, target) => y.CrossEntropyLoss(target), new Accuracy()),
        };
        return model.Setup(loss, p => trial.Optimizer.Run(p, rate), metric);
    }

    Learner<Layer> Learner(Trial trial, double rate, Shape input) => Learner(trial, rate, input, trial.Problem == Problem.Digits ? data.Digits.Classes : 1);

    // A sweep long enough to learn something on the way: a network that still answers the same to all shows no difference between rates.
    double Found(Trial trial, Dataset<Sample> train, CancellationToken cancel) => Learner(trial, trial.LearningRate, train[0].X.Shape)
        .FindLearningRate(Batches(trial, train), from: 1e-5, to: 0.1, steps: Math.Clamp(trial.Steps, 10, 300), cancellation: cancel).Lowest.LearningRate;

    static Outcome Judge(
        Trial trial, Fitted<Layer> fitted, double rate, double seconds, Dataset<Sample> train, Dataset<Sample> test, CancellationToken cancel)
    {
        var quiet = fitted.Learner with { Callbacks = [], Metrics = [] };
        List<float> truth = [], predicted = [];
        void Collect(Tensor output, Tensor y)
        {
            truth.AddRange(y.ToArray<float>());
            predicted.AddRange((trial.Problem switch
            {
                Problem.Digits => output.ArgMax(1),
                Problem.Binary => output.Sigmoid(),
                _ => output,
            }).ToArray<float>());
        }
        double trainLoss = quiet.Evaluate(train.Loader(trial.BatchSize), cancellation: cancel).Loss;
        double testLoss = quiet.With(new Collector(Collect)).Evaluate(test.Loader(trial.BatchSize), cancellation: cancel).Loss;
        var epochs = fitted.History.Epochs;
        return new(
            trial, fitted.Model.Parameters().Sum(p => p.Numel), trainLoss, epochs[^1].Valid?.Loss, testLoss, seconds,
            epochs.Sum(e => e.Train.Samples) / epochs.Sum(e => e.Train.Seconds), rate, [.. epochs.Select(EpochLoss.Of)], [.. truth], [.. predicted]);
    }

    sealed class Collector(Action<Tensor, Tensor> collect) : Callback
    {
        public override void On(BatchEnd e) => collect(e.Output, e.Data.Y);
    }
}
