using Candeia.Charts;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Images;
using Candeia.Training;
using Candeia.Vision;

namespace Candeia.Experiments;

/// <summary>The pictures and figures of train-images, and the page that puts them together.</summary>
sealed class TrainImagesReport(
    TrainImagesMetrics metrics, History history, Confusion confusion, IReadOnlyList<ImageAnswer> answers, Dataset<LabelledImage> valid, ImageClassifier classifier, Batch batch)
{
    const int Most = 16;

    /// <summary>Pictures as the network learns from them.</summary>
    public CaptionedPictures Batch { get; } = Shown(batch, classifier);

    /// <summary>A batch to look at, each picture with its class.</summary>
    public static CaptionedPictures Shown(Batch batch, ImageClassifier classifier)
    {
        var seen = Normalize.ImageNet.Inverse().Apply(batch.X).Clamp(0, 1);
        return new([.. batch.Y.ToArray<long>().Select((y, i) => (Image.FromTensor(seen[i]), classifier.Classes[(int)y]))]);
    }

    /// <summary>The mistakes of which the network is surest.</summary>
    public CaptionedPictures? Mistakes { get; } = Pictures(
        [.. answers.Where(a => a.Truth != a.Answer).OrderByDescending(a => a.Sureness).Take(Most)], valid, classifier,
        a => $"{classifier.Classes[a.Answer]}, not {classifier.Classes[a.Truth]}", explained: false);

    /// <summary>What counts in the pictures of each class that it is surest of.</summary>
    public CaptionedPictures? Seen { get; } = classifier.Model.StartsWith("vit", StringComparison.Ordinal) ? null : Pictures(
        [.. answers.Where(a => a.Truth == a.Answer).GroupBy(a => a.Truth).SelectMany(g => g.OrderByDescending(a => a.Sureness).Take(2)).Take(Most)], valid, classifier,
        a => classifier.Classes[a.Answer], explained: true);

    /// <summary>Everything on one page.</summary>
    public Report Page() => new("Pictures of your own")
    {
        Lead = Text($"{classifier.Model} has learnt from {metrics.Trained:N0} pictures to tell {classifier.Classes.Count} classes apart. ")
            + Text($"Of {metrics.Pictures:N0} that it has never seen it names {100 * metrics.Accuracy:0.0} % rightly.")
            + (metrics.Settings.Data is null ? " The pictures are drawn shapes, because no folder was given." : ""),
        Tiles =
        [
            new Tile("accuracy", Text($"{100 * metrics.Accuracy:0.0} %")),
            new Tile("pictures tested", metrics.Pictures),
            new Tile("mistakes", answers.Count(a => a.Truth != a.Answer)),
            new Tile("training", Math.Round(metrics.ImagesPerSecond), "images/s"),
        ],
        Sections = [.. Sections()],
        Footer =
        [
            new("With", $"Candeia {metrics.Versions.Candeia}, .NET {metrics.Versions.Dotnet}"),
            new("On", $"{metrics.Machine.Processor}, {metrics.Machine.Vectors}, {metrics.Machine.System}"),
            new("Settings", Text($"{metrics.Settings.Model}, {Count.Of(metrics.Settings.Epochs, "epoch")}, batches of {metrics.Settings.BatchSize}, AdamW {metrics.Settings.LearningRate} (one cycle), pictures of {classifier.Size}×{classifier.Size}, seed {metrics.Settings.Seed}")),
        ],
    };

    IEnumerable<Section> Sections()
    {
        List<ReportBlock> test = [confusion.Chart(classifier.Classes), new BarChart("The share of each class that is named rightly",
            [.. metrics.ByClass.Select(c => new Bar(c.Key, c.Value))])];
        if (Mistakes is { } mistakes) test.AddRange(["The mistakes of which the network is surest: what it says, and what is true.", mistakes.Gallery("Mistakes")]);
        if (Seen is { } seen) test.AddRange(["What counts for the answer is in colour (Grad-CAM).", seen.Gallery("Where it looks")]);
        yield return new("The test", test);
        yield return new("The training", [history.Chart(), history.Chart("accuracy")]);
        yield return new("The data", ["Pictures as the network learns from them.", Batch.Gallery("A batch")]);
    }

    static CaptionedPictures? Pictures(IReadOnlyList<ImageAnswer> some, Dataset<LabelledImage> valid, ImageClassifier classifier, Func<ImageAnswer, string> caption, bool explained)
    {
        if (some.Count == 0) return null;
        var seen = new Resize(classifier.Size).Then(new CenterCrop(classifier.Size));
        return new([.. some.Select(a => (valid[a.Index].Picture is var p && explained ? classifier.Explain(p) : seen.Apply(p), caption(a)))]);
    }

    static string Text(FormattableString text) => FormattableString.Invariant(text);
}
