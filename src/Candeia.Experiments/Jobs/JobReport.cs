using Candeia.Charts;
using Candeia.Data;
using Candeia.NN;
using Candeia.Training;
using Candeia.Images;

namespace Candeia.Experiments;

/// <summary>The figures of the main job, and the page that puts them together.</summary>
sealed class JobReport(
    JobMetrics metrics, History history, IReadOnlyList<Prediction> predictions, Dataset<Sample> test, Image batch, ModelSummary network)
{
    const int Worst = 8;

    /// <summary>The losses, epoch by epoch.</summary>
    public LineChart Losses { get; } = history.Chart();

    /// <summary>What the network says against what is true.</summary>
    public ScatterChart Scatter { get; } =
        PredictionsChart.Of([.. predictions.Select(p => (double)p.Truth)], [.. predictions.Select(p => (double)p.Predicted)]);

    /// <summary>Everything on one page.</summary>
    public Report Page() => new("Guess the correlation")
    {
        Lead = Text($"A network has learnt from {metrics.Settings.Train:N0} pictures to read the correlation off a scatterplot. ")
            + Text($"In {metrics.Test.N:N0} pictures that it has never seen, it is off by {metrics.Test.Mae:0.000} on average."),
        Tiles =
        [
            new Tile("mean squared error", metrics.Test.Mse) { Note = "predicting the mean gives 0.196" },
            new Tile("mean absolute error", Text($"{metrics.Test.Mae:0.0000}")),
            new Tile("Pearson r", metrics.Test.Pearson is { } r ? Text($"{r:0.0000}") : "undefined"),
            new Tile("training", Math.Round(metrics.TrainImagesPerSecond), "images/s"),
        ],
        Sections =
        [
            new Section("The test",
            [
                Scatter,
                "The pictures that it gets most wrong, each with the truth and, in brackets, what the network says.",
                MostWrong(),
            ]),
            new Section("The training", [Losses, Table.Of(metrics.Epochs)]),
            new Section("The data",
            [
                "A batch of scatterplots as the network sees them, each with its true correlation.",
                new ImageFigure("A batch", batch.Encode()) { IsInk = true },
            ]),
            new Section("The network", [new CodeBlock(network.ToString())]),
        ],
        Footer = [.. Facts(metrics.Settings, metrics.Machine)],
    };

    IEnumerable<Fact> Facts(JobSettings settings, Machine machine) =>
    [
        new("Made", Text($"{DateTime.Now:yyyy-MM-dd HH:mm}")),
        new("With", $"Candeia {metrics.Versions.Candeia}, .NET {metrics.Versions.Dotnet}"),
        new("On", $"{machine.Processor}, {machine.Vectors}, {machine.System}"),
        new("In", Text($"{metrics.Seconds:N0} s, {settings.Threads} threads, at most {metrics.PeakMemoryBytes / 1e6:N0} MB")),
        new("Settings", Text($"{Count.Of(settings.Epochs, "epoch")}, batches of {settings.BatchSize}, {Recipe.Of(settings.Recipe).Optimizer} {settings.LearningRate} ({Recipe.Of(settings.Recipe).Schedule}), seed {metrics.Seed}")),
    ];

    ImageFigure MostWrong()
    {
        var worst = predictions.Index().OrderByDescending(p => Math.Abs(p.Item.Truth - p.Item.Predicted)).Take(Worst).ToArray();
        var grid = Image.Grid(
            [.. worst.Select(p => Image.FromTensor(test[p.Index].X))],
            captions: [.. worst.Select(p => $"{TwoDigits.Of(p.Item.Truth)} ({TwoDigits.Of(p.Item.Predicted)})")]);
        return new("The largest errors", grid.Encode()) { IsInk = true };
    }

    static string Text(FormattableString text) => FormattableString.Invariant(text);
}
