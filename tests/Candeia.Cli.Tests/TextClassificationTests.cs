using System.Text.Json;
using System.Xml.Linq;

namespace Candeia.Cli.Tests;

/// <summary>The text classification, small, from nothing to its files.</summary>
[Collection(nameof(Here))]
public sealed class TextClassificationTests : IDisposable
{
    static readonly string[] s_small = ["text-classification", "--train", "60", "--valid", "20", "--test", "20", "--epochs", "1", "--batch-size", "16", "--threads", "1"];

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    ToolResult Run(params string[] args) => Tool.RunIn(_folder.Path, [.. s_small, .. args]);

    [Fact]
    public void Makes_every_file_and_the_saved_network_says_what_the_job_said()
    {
        Run("--out", "out").AssertOk();
        Assert.Equal(["accuracy.svg", "answers.csv", "confusion.svg", "curves.svg", "metrics.json", "model", "report.html", "words.svg"],
            Directory.EnumerateFileSystemEntries(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        var metrics = JsonDocument.Parse(File.ReadAllText(_folder["out", "metrics.json"])).RootElement;
        var scores = metrics.GetProperty("scores").EnumerateArray().ToArray();
        Assert.Equal(["counts of words", "embedding bag", "LSTM", "transformer"], scores.Select(s => s.GetProperty("network").GetString()));
        Assert.All(scores, s => Assert.InRange(s.GetProperty("accuracy").GetDouble(), 0, 1));
        Assert.All(scores, s => Assert.Single(s.GetProperty("epochs").EnumerateArray()));
        foreach (string file in (string[])["report.html", "accuracy.svg", "curves.svg", "confusion.svg", "words.svg"]) Assert.NotNull(XDocument.Parse(File.ReadAllText(_folder["out", file])).Root);

        string[][] rows = [.. File.ReadLines(_folder["out", "answers.csv"]).Select(l => l.Split(','))];
        Assert.Equal(21, rows.Length);
        double right = scores.Single(s => s.GetProperty("network").GetString() == metrics.GetProperty("best").GetString()).GetProperty("accuracy").GetDouble();
        Assert.Equal(right, rows.Skip(1).Average(r => r[1] == r[2] ? 1.0 : 0), 1e-9);

        string text = new Candeia.Datasets.DrawnReviews(Candeia.Datasets.TextSplit.Test, 20)[3].Text;
        var said = JsonDocument.Parse(Tool.RunIn(_folder.Path, "classify-text", "--model", Path.Combine("out", "model"), "--json", text).AssertOk().Output).RootElement[0];
        Assert.Equal(rows[4][2], said.GetProperty("class").GetString());
        Assert.Equal(double.Parse(rows[4][3], System.Globalization.CultureInfo.InvariantCulture), said.GetProperty("probability").GetDouble(), 1e-4);
    }

    [Fact]
    public void What_was_learnt_is_kept_where_the_files_find_no_place()
    {
        Directory.CreateDirectory(_folder["out", "report.html"]);
        Run("--out", "out").AssertFailed(1, "What was learnt is not lost");
        Assert.NotEmpty(Safetensors.Load(Assert.Single(Directory.GetFiles(_folder["out"], "model-*.safetensors"))));
    }

    [Fact]
    public void Texts_come_from_folders_and_tables()
    {
        foreach (var review in new Candeia.Datasets.DrawnReviews(count: 60))
        {
            Directory.CreateDirectory(_folder["texts", review.Label == 1 ? "praise" : "blame"]);
            File.WriteAllText(_folder["texts", review.Label == 1 ? "praise" : "blame", $"{review.Id}.txt"], review.Text);
        }
        string said = Run("--data", "texts", "--out", "a").AssertOk().Output;
        Assert.Contains("texts in 'texts': 39 to learn from, 9 to watch it, 12 for the test", said, StringComparison.Ordinal);
        File.WriteAllText(_folder["t.csv"], "text,label\n" + string.Concat(new Candeia.Datasets.DrawnReviews(count: 60).Select(r => $"\"{r.Text}\",{(r.Label == 1 ? "praise" : "blame")}\n")));
        Run("--data", "t.csv", "--out", "b").AssertOk();
        Assert.Matches("^(praise|blame), \\d+ %.*: The plot was good.\n(praise|blame), .*: Unheard of\n$", Tool.RunIn(_folder.Path, "classify-text", "--model", Path.Combine("b", "model"), "The plot was good.", "Unheard of").AssertOk().Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void What_is_wrong_is_said_in_one_sentence()
    {
        Run("--data", "nowhere").AssertFailed(1, "There is no 'nowhere'; with --data name drawn, imdb, ag-news, a folder or a .csv file.");
        File.WriteAllText(_folder["one.csv"], "text,label\na,x\nb,x\n");
        Run("--data", "one.csv").AssertFailed(1, "texts of one class only, 'x'");
        File.WriteAllText(_folder["few.csv"], "text,label\na,x\nb,y\n");
        Run("--data", "few.csv").AssertFailed(1, "2 texts are too few");
        Tool.RunIn(_folder.Path, "classify-text", "--model", "nowhere", "text").AssertFailed(1, "classifier.json");
        Tool.RunIn(_folder.Path, "classify-text", "--model", "nowhere", " ").AssertRefused(2, "TEXT must have a word at least");
    }
}
