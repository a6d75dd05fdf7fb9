using System.Text.Json;
using Candeia.Datasets;

namespace Candeia.Experiments.Tests;

public sealed class TableTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static TrainTableSettings Settings { get; } = new(null, null, TableTask.Auto, 1200, 32, 800, null, 64, 3e-3, 7, 1);

    [Theory]
    [InlineData(20), InlineData(21), InlineData(1000)]
    public void Of_twenty_rows_fourteen_are_to_learn_from(int rows)
    {
        var split = TableSplit.Of(rows, null, seed: 1);
        Assert.Equal(Enumerable.Range(0, rows), new[] { split.Train, split.Valid, split.Test }.SelectMany(p => p).Order());
        Assert.InRange(split.Train.Length, 0.7 * rows - 1, 0.7 * rows + 1);
        Assert.InRange(split.Test.Length, 0.15 * rows - 1, 0.15 * rows + 1);
        Assert.Equal(split.Test, TableSplit.Of(rows, null, seed: 1).Test);
        Assert.NotEqual(split.Test, TableSplit.Of(rows, null, seed: 2).Test);
    }

    [Fact]
    public void Every_class_has_its_part_and_is_learnt()
    {
        string Class(int row) => row < 40 ? "often" : row < 60 ? "seldom" : $"once {row}";
        for (ulong seed = 0; seed < 20; seed++)
        {
            var split = TableSplit.Of(64, Class, seed);
            Assert.Equal(28, split.Train.Count(r => Class(r) == "often"));
            Assert.Equal(3, split.Test.Count(r => Class(r) == "seldom"));
            Assert.Equal(6, split.Train.Select(Class).Distinct().Count());
        }
    }

    [Fact]
    public void The_drawn_flats_are_the_same_again_and_have_columns_of_all_kinds()
    {
        var flats = DrawnFlats.Draw(400, 1);
        Assert.Equal(Enumerable.Range(0, 400).Select(flats["rent"].Number), Enumerable.Range(0, 400).Select(DrawnFlats.Draw(400, 1)["rent"].Number));
        Assert.Equal([ColumnKind.Number, ColumnKind.Integer, ColumnKind.Category, ColumnKind.Boolean, ColumnKind.Date], flats.Columns.Select(c => c.Kind).Distinct());
        Assert.All(Enumerable.Range(0, 400).Select(flats["rent"].Number), rent => Assert.InRange(rent, 50, 6000));
        Assert.True(flats["built"].Missing > 0 && flats["furnished"].Missing > 0 && flats["rent"].Missing == 0);
        CsvTable.Write(_folder["flats.csv"], flats);
        Assert.Equal($"{flats}", $"{CsvTable.Read(_folder["flats.csv"])}".Replace("rent (integer)", "rent (number)", StringComparison.Ordinal));
    }

    [Fact]
    public void The_network_beats_the_linear_model_on_the_drawn_flats_and_the_area_counts_most()
    {
        Assert.True(new TrainTableJob(Settings, _folder["out"], new Silence()).Run(CancellationToken.None));
        var metrics = JsonSerializer.Deserialize(File.ReadAllText(_folder["out", "metrics.json"]), TrainTableJson.Plain.TrainTableMetrics)!;
        string scores = string.Join(", ", metrics.Scores);
        Assert.True(metrics.Scores[0].Mae < 0.8 * metrics.Scores[1].Mae, scores);
        Assert.True(metrics.Scores[1].Mae < 0.6 * metrics.Scores[2].Mae, scores);
        Assert.Equal("MLP", metrics.Kept);
        Assert.Contains(metrics.Importance[0].Column, (string[])["area", "rooms"]);
        Assert.All(metrics.Importance, i => Assert.True(double.IsFinite(i.Loss)));
        var model = TableModel.Load(_folder["out", "model"]);
        Assert.Equal(2, model.Net.StateDict().Keys.Count(k => k.StartsWith("hidden", StringComparison.Ordinal) && k.EndsWith("weight", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_category_that_was_never_unknown_says_nothing_when_it_is()
    {
        var rows = Enumerable.Range(0, 40).Select(i => new { Quarter = i % 2 == 0 ? "park" : "port", Size = (double)(i % 5), Rent = i % 2 * 10.0 + i % 5 });
        var encoder = TableEncoder.Fit(DataFrame.Of(rows), "Rent", TableTask.Regression);
        var x = encoder.Encode(DataFrame.Of(rows));
        var net = new TableNet(encoder.Features.Count, [8], 1).Without(x);
        int unknown = encoder.Features.ToList().IndexOf("Quarter unknown");
        Assert.All(net.StateDict()["hidden.0.weight"][.., unknown].ToArray<float>(), w => Assert.Equal(0, w));
        Assert.All(net.StateDict()["hidden.0.weight"][.., 0].ToArray<float>(), w => Assert.NotEqual(0, w));
    }

    [Fact]
    public void A_damaged_model_is_refused_in_one_sentence()
    {
        Assert.True(new TrainTableJob(Settings with { Rows = 60, Epochs = 1 }, _folder["out"], new Silence()).Run(CancellationToken.None));
        string Fault() => Assert.ThrowsAny<Exception>(() => TableModel.Load(_folder["out", "model"])) switch { UserException e => e.Message, DatasetException e => e.Message, var e => $"{e}" };
        File.Copy(_folder["out", "model", "table.json"], _folder["table.json"]);
        var other = TableEncoder.Fit(DrawnFlats.Draw(100, 1), "quarter");
        other.Save(_folder["out", "model", "table.json"]);
        Assert.Contains("does not hold the network", Fault(), StringComparison.Ordinal);
        File.WriteAllText(_folder["out", "model", "table.json"], "{}");
        Assert.Contains("does not describe", Fault(), StringComparison.Ordinal);
        File.Copy(_folder["table.json"], _folder["out", "model", "table.json"], overwrite: true);
        File.WriteAllBytes(_folder["out", "model", "model.safetensors"], File.ReadAllBytes(_folder["out", "model", "model.safetensors"])[..50]);
        Assert.Contains("does not hold the network", Fault(), StringComparison.Ordinal);
        File.Delete(_folder["out", "model", "model.safetensors"]);
        Assert.Contains("does not hold model.safetensors", Fault(), StringComparison.Ordinal);
    }
}
