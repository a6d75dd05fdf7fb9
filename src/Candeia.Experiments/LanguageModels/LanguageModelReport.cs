using Candeia.Charts;
using Candeia.NN;

namespace Candeia.Experiments;

/// <summary>The figures of a language model, and the page that puts them together.</summary>
sealed class LanguageModelReport(LanguageModelMetrics metrics, string text, Sampling sampling, string last, ModelSummary network)
{
    static readonly double s_bit = Math.Log(2);
    readonly LanguageModelSettings _settings = metrics.Settings;

    /// <summary>The loss of each step, as a running mean, and on the text that was held back.</summary>
    public LineChart Losses
    {
        get
        {
            double mean = 0, weight = 0;
            double[] smooth = [.. sampling.Losses.Select(l =>
            {
                (mean, weight) = (0.97 * mean + 0.03 * l, 0.97 * weight + 0.03);
                return mean / weight / s_bit;
            })];
            int perEpoch = Math.Max(1, _settings.Steps / _settings.Epochs);
            var valid = metrics.Epochs.Where(e => e.ValidLoss is not null).ToArray();
            return new("Bits per character",
            [
                new("train", smooth) { Hue = Hue.Blue },
                new("held back", [.. valid.Select(e => (double)e.Epoch * perEpoch)], [.. valid.Select(e => e.ValidLoss!.Value / s_bit)]) { Hue = Hue.Orange },
            ])
            {
                Subtitle = "While it learns: a running mean of the steps, and a part of the text that was held back", X = "step", Y = "bits per character",
            };
        }
    }

    /// <summary>Everything on one page.</summary>
    public Report Page() => new("Language model")
    {
        Lead = Text($"A network has learnt from {metrics.TrainCharacters:N0} characters which one comes next. For a text that it has never seen it needs {metrics.BitsPerCharacter:0.00} bits per character."),
        Tiles =
        [
            new Tile("bits per character", Text($"{metrics.BitsPerCharacter:0.000}")) { Note = "on the text that was held back" },
            new Tile("Brotli", Text($"{metrics.Compressed:0.000}")) { Note = "a compressor that has seen the rest of the text" },
            new Tile("training", Math.Round(metrics.CharactersPerSecond), "characters/s"),
            new Tile("parameters", Text($"{metrics.Parameters:N0}")),
        ],
        Sections =
        [
            new Section("What it writes", [
                "A prompt, and how the model goes on, at temperature 0.8.",
                new CodeBlock(last) { Wraps = true },
                "The same after each part of its training:",
                .. sampling.Samples.Select((s, i) => new CodeBlock(s) { Wraps = true, Caption = Text($"{(i + 1) * Math.Max(1, _settings.Steps / _settings.Epochs):N0} steps") }),
            ]),
            new Section("The training", [
                Losses,
                new Table(["who", "bits per character"],
                [
                    ["every character as likely as any other", metrics.Uniform], ["the frequencies of the characters", metrics.Frequencies],
                    ["Brotli, after the training text", metrics.Compressed], ["this model", metrics.BitsPerCharacter],
                ]),
                Table.Of(metrics.Epochs),
            ]),
            new Section("The text", [
                _settings.TextFile is { } file ? $"`{file}`" : "Tales that are drawn, not written: a few rules choose who meets whom, and what is found. Who foresees them has learnt the rules, and no English.",
                Text($"{metrics.TrainCharacters:N0} characters to learn from, the last {metrics.HeldCharacters:N0} held back; {metrics.Vocabulary} different ones. It begins:"),
                new CodeBlock(text[..Math.Min(600, text.Length)]) { Wraps = true },
            ]),
            new Section("The network", [new CodeBlock(network.ToString())]),
        ],
        Footer =
        [
            new("Made", Text($"{DateTime.Now:yyyy-MM-dd HH:mm}")),
            new("With", $"Candeia {metrics.Versions.Candeia}, .NET {metrics.Versions.Dotnet}"),
            new("On", $"{metrics.Machine.Processor}, {metrics.Machine.Vectors}, {metrics.Machine.System}"),
            new("In", Text($"{metrics.Seconds:N0} s, {_settings.Threads} threads, at most {metrics.PeakMemoryBytes / 1e6:N0} MB")),
            new("Settings", Text($"{_settings.Steps:N0} steps of {_settings.BatchSize} × {_settings.Context} characters, AdamW {_settings.LearningRate} (one cycle), seed {_settings.Seed}")),
        ],
    };

    static string Text(FormattableString text) => FormattableString.Invariant(text);
}
