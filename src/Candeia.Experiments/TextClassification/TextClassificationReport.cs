using Candeia.Charts;

namespace Candeia.Experiments;

/// <summary>The figures of the text classification, and the page that puts them together.</summary>
sealed class TextClassificationReport(TextMetrics metrics, TextData data, IReadOnlyList<TextResult> results, TextResult best)
{
    const int Telling = 12, Wrong = 8, Explained = 150;

    static readonly Hue[] s_hues = [Hue.Grey, Hue.Gold, Hue.Orange, Hue.Blue];

    readonly TextResult? _regression = results.FirstOrDefault(r => r.Contestant == TextContestant.Baseline);

    /// <summary>How many texts of the test each network takes for what they are.</summary>
    public BarChart Accuracies => new("Right in the test", [.. results.Select(r => new Bar(r.Contestant.Name, 100 * r.Accuracy)
        { Hue = r == best ? Hue.Orange : r == _regression ? Hue.Grey : Hue.Blue, Text = Text($"{r.Accuracy:P1}") })])
    {
        Subtitle = Text($"The share of {metrics.Test:N0} texts that no network has seen; who always says the same is right in {Commonest:P1}"),
        X = "%",
    };

    /// <summary>How the networks learnt.</summary>
    public LineChart Curves => new("Right while learning",
        [.. results.Select(r => new Series(r.Contestant.Name, [.. r.History.Epochs.Select(e => 100 * (e.Valid?.Metrics["accuracy"] ?? double.NaN))]) { Hue = HueOf(r) })])
    {
        Subtitle = "The share of the validation texts that are taken for what they are, after each epoch", X = "epoch", Y = "%", Markers = true,
    };

    /// <summary>What the best network takes for what.</summary>
    public Heatmap Confusion => best.Confusion.Chart(metrics.Classes) with { Subtitle = $"The {best.Contestant.Name} in the test" };

    /// <summary>What matters to the best network.</summary>
    public BarChart Words => new($"Words that matter to the {best.Contestant.Name}",
        [.. TellingWords.Of(best, best.Answers.Take(Explained), Telling).Select(w => new Bar(w.Word, 100 * w.Weight) { Hue = Hue.Orange })])
    {
        Subtitle = "By how many points the probability of its answer changes where the word is hidden, on average", X = "points",
    };

    /// <summary>Everything on one page.</summary>
    public Report Page() => new("Text classification")
    {
        Lead = Text($"Four ways to tell texts apart have learnt from {metrics.Train:N0} {data.Name}. The best, the {best.Contestant.Name}, is right in {best.Accuracy:P1} of {metrics.Test:N0} that it has never seen")
            + (_regression is { } r && r != best ? Text($"; who only counts words, in {r.Accuracy:P1}.") : "."),
        Tiles =
        [
            new Tile("right in the test", Text($"{best.Accuracy:P1}")) { Note = $"the {best.Contestant.Name}" },
            .. _regression is { } b && b != best ? (Tile[])[new Tile("counts of words", Text($"{b.Accuracy:P1}")) { Note = "a logistic regression, the baseline" }] : [],
            new Tile("words known", metrics.Words) { Note = Text($"{metrics.Unknown:P1} of those in the test are not") },
            new Tile("training", Text($"{results.Sum(t => t.Seconds):N0}"), "s"),
        ],
        Sections =
        [
            new Section("The networks",
            [
                Accuracies,
                new Table(["network", "right in %", "F1", "numbers learnt", "seconds"], [.. results.Select(t => (object?[])[t.Contestant.Name, Math.Round(100 * t.Accuracy, 2), Math.Round(t.Score.F1, 3), t.Parameters, Math.Round(t.Seconds, 1)])]),
                "The regression and the embedding bag see which words there are, and not their order; the LSTM and the transformer see both. The one that is best on the validation texts is saved.",
            ]),
            new Section("The training", [Curves, Losses]),
            new Section("The test", [Confusion, "The answers that are wrong and of which the network is most sure.", MostWrong]),
            new Section("The words", [.. Regression, Words]),
            new Section("The data", ["Some of the texts that were learnt from.", new Table(["class", "text"], [.. data.Train.Take(8).Select(t => (object?[])[metrics.Classes[t.Label], Shown.Of(t.Text, 400)])])]),
            new Section("The best network", [new CodeBlock(best.Classifier.Network.ToString()!)]),
        ],
        Footer =
        [
            new("Made", Text($"{DateTime.Now:yyyy-MM-dd HH:mm}")),
            new("With", $"Candeia {metrics.Versions.Candeia}, .NET {metrics.Versions.Dotnet}"),
            new("On", $"{metrics.Machine.Processor}, {metrics.Machine.Vectors}, {metrics.Machine.System}"),
            new("In", Text($"{metrics.Seconds:N0} s, {metrics.Settings.Threads} threads")),
            new("Settings", Text($"{Count.Of(metrics.Settings.Epochs, "epoch")}, batches of {metrics.Settings.BatchSize}, AdamW {metrics.Settings.LearningRate}, {metrics.Settings.MaxLength} words of a text, seed {metrics.Seed}")),
        ],
    };

    LineChart Losses => new("Loss while learning", [.. results.Select(r => new Series(r.Contestant.Name, [.. r.History.Epochs.Select(e => e.Valid?.Loss ?? double.NaN)]) { Hue = HueOf(r) })])
    {
        Subtitle = "Cross-entropy on the validation texts, after each epoch", X = "epoch", Y = "loss", Markers = true,
    };

    /// <summary>What speaks for each class, to who counts words.</summary>
    IEnumerable<ReportBlock> Regression => _regression is not { } regression ? [] :
    [
        "What speaks for each class to the regression: by how much a word raises its score over that of the others.",
        .. Enumerable.Range(0, metrics.Classes.Count).Take(6).Chunk(3).Select(part => new FigureRow([.. part.Select(label => new BarChart(metrics.Classes[label],
            [.. TellingWords.Of(regression, label, Telling).Select(w => new Bar(w.Word, w.Weight))]))])),
    ];

    ReportBlock MostWrong
    {
        get
        {
            TextAnswer[] wrong = [.. best.Answers.Where(a => !a.IsRight).OrderByDescending(a => a.Class.Probability).Take(Wrong)];
            return wrong.Length == 0 ? "There is none." : new Table(["text", "truth", "answer", "sure in %", "because of"], [.. wrong.Select(a => (object?[])
                [Shown.Of(a.Text.Text, 400), metrics.Classes[a.Text.Label], a.Class.Name, Math.Round(100 * a.Class.Probability), Because(a)])]);
        }
    }

    /// <summary>The words that speak most for the answer.</summary>
    string Because(TextAnswer a) => string.Join(", ", best.Classifier.Explain(a.Text.Text, a.Class.Label).Where(t => t.Weight > 0.01).OrderByDescending(t => t.Weight).Take(3).Select(t => t.Token.Text));

    double Commonest => data.Test.CountBy(t => t.Label).Max(c => c.Value) / (double)data.Test.Count;

    static Hue HueOf(TextResult result) => s_hues[TextContestant.All.Index().First(c => c.Item == result.Contestant).Index];

    static string Text(FormattableString text) => FormattableString.Invariant(text);
}
