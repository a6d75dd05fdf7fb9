using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace Candeia.Cli.Tests;

/// <summary>The forecasts, small: from a series to their files.</summary>
[Collection(nameof(Here))]
public sealed class TimeSeriesTests : IDisposable
{
    static readonly string[]
        s_files = ["errors.svg", "forecast.svg", "forecasts.csv", "history.csv", "metrics.json", "model.safetensors", "report.html"],
        s_small = ["time-series", "--weeks", "12", "--hidden", "8", "--epochs", "1", "--out", "out"];

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_makes_every_file_and_they_agree()
    {
        string said = Tool.RunIn(_folder.Path, s_small).AssertOk().Output;
        Assert.Contains("drawn, not measured", said, StringComparison.Ordinal);
        Assert.Equal(s_files, Directory.EnumerateFileSystemEntries(_folder["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (string file in (string[])["errors.svg", "forecast.svg", "report.html"]) Assert.NotNull(XDocument.Parse(File.ReadAllText(_folder["out", file])).Root);
        var metrics = JsonDocument.Parse(File.ReadAllText(_folder["out", "metrics.json"])).RootElement;
        Assert.Equal(["LSTM", "linear", "a season ago"], metrics.GetProperty("scores").EnumerateArray().Select(s => s.GetProperty("model").GetString()));
        Assert.All(metrics.GetProperty("scores").EnumerateArray(), s => Assert.Equal(24, s.GetProperty("mae_by_step").GetArrayLength()));
        Assert.InRange(metrics.GetProperty("band").GetProperty("measured").GetDouble(), 0.5, 1);
        string[][] rows = [.. File.ReadLines(_folder["out", "forecasts.csv"]).Select(l => l.Split(','))];
        Assert.Equal(["origin", "step", "truth", "lstm", "low", "high", "linear", "season_ago"], rows[0]);
        Assert.Equal(0, (rows.Length - 1) % 24);
        Assert.All(rows.Skip(1).Select(r => Array.ConvertAll(r, c => double.Parse(c, CultureInfo.InvariantCulture))), r => Assert.True(r[4] <= r[3] && r[3] <= r[5]));
    }

    [Fact]
    public void A_column_of_a_file_is_foretold()
    {
        File.WriteAllLines(_folder["sales.csv"], ["day;sold;\"price\"", .. Enumerable.Range(0, 200).Select(i => $"{i};{(10 + i % 7 + i % 3).ToString(CultureInfo.InvariantCulture)};1.5")]);
        string[] own = ["time-series", "--data", "sales.csv", "--column", "sold", "--season", "7", "--day", "1", "--horizon", "9", "--hidden", "4", "--epochs", "2", "--out", "out"];
        string said = Tool.RunIn(_folder.Path, own).AssertOk().Output;
        Assert.Contains("200 steps of 'sold'", said, StringComparison.Ordinal);
        Tool.RunIn(_folder.Path, [.. own[..3], "--season", "7", "--horizon", "2", "--hidden", "4", "--epochs", "1", "--out", "out"]).AssertOk();      // a constant column
        Tool.RunIn(_folder.Path, [.. own[..3], "--column", "profit"]).AssertFailed(1, "no column 'profit'", "day, sold, price");
        Tool.RunIn(_folder.Path, [.. own[..3], "--season", "150"]).AssertFailed(1, "200 steps is too short");
    }

    [Fact]
    public void Files_that_hold_no_series_are_refused()
    {
        string[] Own(string file) => ["time-series", "--data", file];
        Tool.RunIn(_folder.Path, Own("none.csv")).AssertFailed(1, "There is no file 'none.csv'");
        File.WriteAllText(_folder["head.csv"], "a,b\n");
        Tool.RunIn(_folder.Path, Own("head.csv")).AssertFailed(1, "no rows below its header");
        File.WriteAllText(_folder["gap.csv"], "a,b\n1,2\n2,\n");
        Tool.RunIn(_folder.Path, Own("gap.csv")).AssertFailed(1, "no number at step 2", "column 'b'");
        File.WriteAllText(_folder["words.csv"], "a,b\n1,2\n2,many\n");
        Tool.RunIn(_folder.Path, Own("words.csv")).AssertFailed(1, "row 3: 'many'", "column 'b'");
        File.WriteAllBytes(_folder["bytes.csv"], [0xFF, 0x00, 0x41]);
        Tool.RunIn(_folder.Path, Own("bytes.csv")).AssertFailed(1, "no text in UTF-8");
        Tool.RunIn(_folder.Path, "time-series", "--column", "a").AssertRefused(2, "--data");
        Tool.RunIn(_folder.Path, "time-series", "--data", "a.csv", "--weeks", "9").AssertRefused(2, "--weeks");
        Tool.RunIn(_folder.Path, "time-series", "--coverage", "1").AssertRefused(2, "--coverage");
    }
}
