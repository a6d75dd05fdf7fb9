using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace Candeia.Cli.Tests;

/// <summary>The user's own table: from a CSV file to a report, and a model that answers.</summary>
[Collection(nameof(Here))]
public sealed class TrainTableTests : IDisposable
{
    static readonly string[] s_files =
        ["history.csv", "importance.svg", "metrics.json", "model", "predictions.csv", "report.html", "test.svg"];

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    ToolResult Train(params string[] more) => Tool.RunIn(_folder.Path, ["train-table", .. more.Contains("--epochs") ? more : ["--epochs", "4", .. more], "--hidden", "16", "--out", "out"]);

    ToolResult Predict(params string[] more) => Tool.RunIn(_folder.Path, ["predict-table", "--model", Path.Combine("out", "model"), .. more]);

    JsonElement Metrics => JsonDocument.Parse(File.ReadAllText(_folder["out", "metrics.json"])).RootElement;

    /// <summary>Flowers of two kinds that their length tells apart; of some the colour is missing. Commas are in numbers, so semicolons stand between them.</summary>
    string Flowers()
    {
        string[] colours = ["red", "blue", "NA", "white"];
        File.WriteAllLines(_folder["flowers.csv"], ["length;colour;\"kind\"", .. Enumerable.Range(0, 60).Select(i => $"{(i % 2 == 0 ? 1 : 3)},{i % 7};{colours[i / 2 % 4]};{(i % 2 == 0 ? "iris" : "rose")}")]);
        return "flowers.csv";
    }

    [Fact]
    public void A_table_that_is_drawn_becomes_a_report_and_a_model()
    {
        string said = Train("--rows", "200").AssertOk().Output;
        Assert.Contains("drawn, not measured", said, StringComparison.Ordinal);
        Assert.All(said.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
        Assert.Equal([.. s_files.Append("data.csv").Order(StringComparer.Ordinal)], Directory.EnumerateFileSystemEntries(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (string file in (string[])["test.svg", "importance.svg", "report.html"]) Assert.NotNull(XDocument.Parse(File.ReadAllText(_folder["out", file])).Root);
        Assert.Equal(["MLP", "linear", "always the mean"], Metrics.GetProperty("scores").EnumerateArray().Select(s => s.GetProperty("model").GetString()));
        Assert.Equal((140, 30, 30), (Metrics.GetProperty("trained").GetInt32(), Metrics.GetProperty("watched").GetInt32(), Metrics.GetProperty("tested").GetInt32()));
        string card = File.ReadAllText(_folder["out", "model", "model-card.md"]);
        Assert.Contains("tabular-regression", card, StringComparison.Ordinal);
        Assert.Contains("| quarter | category | 0 |", card, StringComparison.Ordinal);

        // The saved model says of the rows of the test what the job said.
        var (header, rows) = Table(Predict(Path.Combine("out", "data.csv")).AssertOk().Output);
        Assert.Equal("predicted_rent", header[^1]);
        Assert.Equal(200, rows.Length);
        foreach (string[] tested in Table(File.ReadAllText(_folder["out", "predictions.csv"])).Rows)
        {
            string[] row = rows[int.Parse(tested[0], CultureInfo.InvariantCulture) - 1];
            Assert.Equal(tested[1], row[^2]);
            Assert.Equal(Number(tested[2]), Number(row[^1]), 1e-4 * Number(tested[2]));
        }
    }

    [Fact]
    public void Classes_of_an_own_table_are_told_apart()
    {
        string said = Train("--data", Flowers(), "--target", "kind", "--epochs", "150").AssertOk().Output;
        Assert.Contains("one of 2 classes: iris, rose", said, StringComparison.Ordinal);
        Assert.Equal(s_files, Directory.EnumerateFileSystemEntries(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(1, Metrics.GetProperty("scores")[0].GetProperty("accuracy").GetDouble());
        Assert.Equal("length", Metrics.GetProperty("importance")[0].GetProperty("column").GetString());

        File.WriteAllText(_folder["new.csv"], "note,kind,length,colour\n\"a, b\",,1.5,green\n c ,?,3.2,red\n");
        var answer = Predict("new.csv", "--out", Path.Combine("answers", "new.csv"));
        Assert.Equal(0, answer.ExitCode);
        Assert.Equal("", answer.Output);
        Assert.Equal("1 cell of 'colour' says what no row of the training said, and counts as unknown.\n", answer.Error.ReplaceLineEndings("\n"));
        string[] lines = File.ReadAllLines(_folder["answers", "new.csv"]);
        Assert.Equal("note,kind,length,colour,predicted_kind,probability_iris,probability_rose", lines[0]);
        Assert.StartsWith("\"a, b\",,1.5,green,iris,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith(" c ,?,3.2,red,rose,", lines[2], StringComparison.Ordinal);
        Assert.Equal(1, Number(lines[2].Split(',')[^1]) + Number(lines[2].Split(',')[^2]), 1e-3);
        Predict(Path.Combine("answers", "new.csv")).AssertRefused(1, "'predicted_kind' already");
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers_also_of_another_column()
    {
        string[] drawn = ["--rows", "100", "--target", "quarter", "--seed", "3"];
        Train(drawn).AssertOk();
        string first = File.ReadAllText(_folder["out", "predictions.csv"]);
        Assert.Equal("classification", Metrics.GetProperty("settings").GetProperty("task").GetString()!.ToLowerInvariant());
        Train([.. drawn, "--threads", "3"]).AssertOk();
        Assert.Equal(first, File.ReadAllText(_folder["out", "predictions.csv"]));
    }

    [Fact]
    public void What_cannot_be_learnt_is_refused_in_one_sentence()
    {
        string Of(string header, Func<int, string> row, int count = 40)
        {
            File.WriteAllLines(_folder["t.csv"], [header, .. Enumerable.Range(0, count).Select(row)]);
            return "t.csv";
        }
        string flowers = Flowers();
        Train("--data", "none.csv", "--target", "a").AssertFailed(1, "There is no file 'none.csv'");
        Train("--data", flowers).AssertFailed(1, "--target", "length, colour, kind");
        Train("--data", flowers, "--target", "size").AssertFailed(1, "no column 'size'", "length, colour, kind");
        Train("--data", flowers, "--target", "kind", "--task", "regression").AssertFailed(1, "words, not numbers");
        Train("--data", Of("a,b", i => $"{i},7.5"), "--target", "b").AssertFailed(1, "is 7.5 in every row");
        Train("--data", Of("a,b", i => $"{i},yes"), "--target", "b").AssertFailed(1, "is 'yes' in every row");
        Train("--data", Of("a,b", i => $"{i},{i % 2}", 19), "--target", "b").AssertFailed(1, "19 rows", "20 are the least");
        Train("--data", Of("a,b", i => $"{i},name {i}"), "--target", "b").AssertFailed(1, "40 different values in 40 rows");
        Train("--data", Of("a,b", i => $"1,{i}"), "--target", "b").AssertFailed(1, "no column that 'b' could be predicted from");
        Train("--data", Of("a,b", _ => "", 0), "--target", "b").AssertFailed(1, "no rows below its header");
        File.WriteAllText(_folder["t.csv"], "");
        Train("--data", "t.csv", "--target", "b").AssertFailed(1, "is empty");
        Train("--data", flowers, "--rows", "30").AssertRefused(2, "--rows");
        Train("--task", "guess").AssertRefused(2, "--task");
        Train("--epochs", "0").AssertRefused(2, "--epochs");
        Predict(flowers).AssertRefused(1, "train-table");
        Train("--data", Of("a,b", i => $"{i},{(i % 4 == 0 ? "" : i + 0.5)}"), "--target", "b").AssertOk();
        Assert.Equal(10, Metrics.GetProperty("left_out_rows").GetInt32());
        Predict("none.csv").AssertRefused(1, "no file 'none.csv'");
        Predict(flowers).AssertRefused(1, "lacks the column 'a'");
        File.WriteAllText(_folder["words.csv"], "a\n1\nmany\n");
        Predict("words.csv").AssertRefused(1, "row 3: 'many' in the column 'a' is no number");
    }

    static (string[] Header, string[][] Rows) Table(string text)
    {
        string[][] lines = [.. text.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(l => l.Split(','))];
        return (lines[0], lines[1..]);
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
