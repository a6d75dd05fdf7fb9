using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

public class HyperparameterSearchTests
{
    static readonly SearchSpace s_space = new SearchSpace().LogUniform("rate", 1e-4, 1e-1).Uniform("drop", 0, 0.5).Integer("width", 2, 8).Choice("act", "relu", "tanh");

    static TensorDataset Points(int from)
    {
        var x = (Tensor.Arange(0.0, 20, dtype: DType.Float32).Reshape(20, 1) + from) / 20;
        return new(x, 3 * x + 1);
    }

    static HyperparameterSearch<Linear> Search(List<Hyperparameters>? made = null) => new(h =>
    {
        made?.Add(h);
        return new Linear(1, 1).Setup((y, t) => y.MseLoss(t), p => new SGD(p, h.Number("rate"))).Quiet();
    });

    [Fact]
    public void Settings_by_lot_lie_in_their_ranges()
    {
        var drawn = s_space.Random(300, seed: 2);
        Assert.All(drawn, h =>
        {
            Assert.InRange(h.Number("rate"), 1e-4, 1e-1);
            Assert.InRange(h.Number("drop"), 0, 0.5);
            Assert.InRange(h.Integer("width"), 2, 8);
            Assert.Contains(h.Choice("act"), (string[])["relu", "tanh"]);
        });
        Assert.Equal(Enumerable.Range(2, 7), drawn.Select(h => h.Integer("width")).Distinct().Order());
        Assert.InRange(drawn.Count(h => h.Number("rate") < 1e-3), 60, 140);               // one of three powers of ten
        Assert.Equal($"{s_space.Random(5, seed: 2)[4]}", $"{drawn[4]}");
        Assert.NotEqual($"{s_space.Random(5, seed: 3)[4]}", $"{drawn[4]}");
    }

    [Fact]
    public void A_grid_has_each_value_with_each_other()
    {
        var grid = s_space.Grid(points: 3);
        Assert.Equal(3 * 3 * 3 * 2, grid.Count);
        Assert.Equal(grid.Count, grid.Select(h => $"{h}").Distinct().Count());
        Assert.Equal([1e-4, Math.Sqrt(1e-5), 1e-1], grid.Select(h => h.Number("rate")).Distinct(), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([2, 5, 8], grid.Select(h => h.Integer("width")).Distinct());
        Assert.Equal([1, 2], new SearchSpace().Integer("n", 1, 2).Grid(points: 5).Select(h => h.Integer("n")));
        Assert.Throws<InvalidOperationException>(() => s_space.Grid(points: 1000));
    }

    [Fact]
    public void The_best_setting_wins_and_its_model_is_there()
    {
        var found = Search().Run(s_space.Grid(points: 4), Points(0), Points(5), epochs: 20);
        Assert.Equal(4 * 4 * 4 * 2, found.Trials.Count);
        Assert.Equal(0.1, found.Trials[0].Settings.Number("rate"), 1e-12);
        Assert.Equal(found.Trials.Select(t => t.Score).Order(), found.Trials.Select(t => t.Score));
        Assert.Equal(found.Trials[0].History.Epochs[^1].Valid!.Loss, found.Best.Evaluate(Points(5)).Loss, 1e-6);
        Assert.StartsWith("trial,valid_loss,epochs,rate,drop,width,act\n", found.ToCsv(), StringComparison.Ordinal);
        Assert.Equal(found.Trials.Count + 1, found.ToCsv().TrimEnd().Split('\n').Length);
        Assert.Contains("… 108 more …", $"{found}", StringComparison.Ordinal);
        Assert.Equal(found.ToCsv(), Search().Run(s_space.Grid(points: 4), Points(0), Points(5), epochs: 20).ToCsv());
    }

    [Fact]
    public void Halving_spends_most_epochs_on_the_best()
    {
        List<Hyperparameters> made = [];
        var found = Search(made).Halve(s_space.Random(9, seed: 1), Points(0), Points(5), firstEpochs: 2, epochs: 18);
        Assert.Equal(9, made.Count);
        Assert.Equal([18, 6, 6, 2, 2, 2, 2, 2, 2], found.Trials.Select(t => t.History.Epochs.Count));
        Assert.Equal(Enumerable.Range(1, 9), found.Trials.Select(t => t.Number).Order());
        Assert.Equal(18, found.Best.History.Epochs.Count);
        double[] after2 = [.. found.Trials.Select(t => t.History.Epochs.Take(2).Min(e => e.Valid!.Loss))];
        Assert.True(after2[..3].Max() <= after2[3..].Min());
    }

    [Fact]
    public void What_diverges_comes_last_and_larger_may_be_better()
    {
        var wild = new SearchSpace().Choice("rate", "0.1", "1e30");
        HyperparameterSearch<Linear> Of(string metric, bool higher) => new(
            h => new Linear(1, 1).Setup((y, t) => y.MseLoss(t), p => new SGD(p, double.Parse(h.Choice("rate"), System.Globalization.CultureInfo.InvariantCulture)), new RSquared()).Quiet(), metric, higher);
        Assert.Equal("0.1", Of("valid_loss", false).Run(wild.Grid(), Points(0), Points(5), epochs: 3).Trials[0].Settings.Choice("rate"));
        Assert.Equal("0.1", Of("valid_r2", true).Run(wild.Grid(), Points(0), Points(5), epochs: 3).Trials[0].Settings.Choice("rate"));
        Assert.Throws<KeyNotFoundException>(() => Of("valid_mae", false).Run(wild.Grid(), Points(0), Points(5), epochs: 1));
    }

    [Fact]
    public void What_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentException>(() => s_space.Uniform("rate", 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_space.Uniform("a", 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_space.LogUniform("a", 0, 1));
        Assert.Throws<ArgumentException>(() => s_space.Choice("a"));
        Assert.Throws<ArgumentException>(() => Search().Run([], Points(0), Points(5), epochs: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Search().Halve(s_space.Random(2), Points(0), Points(5), firstEpochs: 3, epochs: 2));
        Assert.Contains("no whole number 'rate'", Assert.Throws<KeyNotFoundException>(() => s_space.Random(1)[0].Integer("rate")).Message, StringComparison.Ordinal);
        var same = new Linear(1, 1).Setup((y, t) => y.MseLoss(t), p => new SGD(p, 0.1)).Quiet();
        Assert.Contains("same model", Assert.Throws<InvalidOperationException>(() => new HyperparameterSearch<Linear>(_ => same).Run(s_space.Random(2), Points(0), Points(5), epochs: 1)).Message, StringComparison.Ordinal);
    }
}
