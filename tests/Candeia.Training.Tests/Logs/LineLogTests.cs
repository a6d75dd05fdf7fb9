using System.Text.Json;

namespace Candeia.Training.Tests;

[Collection(nameof(Alone))]
public sealed class LineLogTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    string Csv => _folder["log.csv"];

    string Json => _folder["log.jsonl"];

    Callback[] Logs => [new CsvLog(Csv), new JsonLinesLog(Json)];

    [Fact]
    public void Every_epoch_is_a_line_that_others_can_read()
    {
        var fitted = new Experiment(_folder["a"]).Run(Logs);
        Assert.Equal(fitted.History.ToCsv(), File.ReadAllText(Csv));
        var lines = File.ReadAllLines(Json).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal([1, 2, 3, 4], lines.Select(l => l.GetProperty("epoch").GetInt32()));
        Assert.Equal(fitted.History.Epochs.Select(e => e.Valid!.Loss), lines.Select(l => l.GetProperty("valid").GetProperty("loss").GetDouble()));
        Assert.Equal(fitted.History.Epochs[^1].Train["mae"], lines[^1].GetProperty("train").GetProperty("metrics").GetProperty("mae").GetDouble());
    }

    [Fact]
    public void A_resumed_run_repeats_no_epoch_and_mends_a_broken_line()
    {
        var experiment = new Experiment(_folder["a"]);
        var killer = new Watcher { EpochEnd = e => { if (e.Result.Epoch == 3) throw new InvalidOperationException("killed"); } };
        Assert.Throws<CallbackException>(() => experiment.Run([.. Logs, killer]));      // three epochs are logged, two are saved
        Assert.Equal(4, File.ReadAllLines(Csv).Length);
        File.AppendAllText(Csv, "4,0.12");
        File.WriteAllText(_folder[$".log.csv.{Guid.NewGuid():N}.tmp"], "left by a killed process");
        File.AppendAllText(Json, "{\"epoch\":4,\"tr");
        var fitted = experiment.Run(Logs);
        var csv = File.ReadAllLines(Csv);
        Assert.Equal(["a", "log.csv", "log.jsonl"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(5, csv.Length);
        Assert.Equal(fitted.History.ToCsv().Split('\n')[1..3], csv[1..3]);
        Assert.Equal([1, 2, 3, 4], File.ReadAllLines(Json).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("epoch").GetInt32()));
    }

    [Fact]
    public void An_epoch_that_was_cut_off_has_no_line()
    {
        Fitted<Line> fitted = Tiny.Learner().Limit(steps: 5).With(Logs).Fit(Tiny.Batches(20), 9);
        Assert.Equal(3, fitted.History.Epochs.Count);
        Assert.Equal(fitted.History.ToCsv().Split('\n')[..3], File.ReadAllLines(Csv));
        Assert.Equal(2, File.ReadAllLines(Json).Length);
        var late = new Watcher { PhaseEnd = e => { if (e.Epoch == 5) e.Run.Record("late", 1); } };      // another column, so that the lines are written anew
        fitted = fitted.With(late).Fit(Tiny.Batches(20), 2);
        Assert.Equal(["epoch", "1", "2", "4", "5"], File.ReadAllLines(Csv).Select(line => line.Split(',')[0]));
        Assert.Contains("train_late", File.ReadAllLines(Csv)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Every_line_has_all_columns_also_where_something_was_not_measured()
    {
        string Fit(int[] train, int[] valid)
        {
            var record = new Watcher { PhaseEnd = e => { if ((e.Phase == Phase.Train ? train : valid).Contains(e.Epoch)) e.Run.Record(e.Phase == Phase.Train ? "a" : "b", e.Epoch); } };
            var fitted = Tiny.Learner().With(record, new CsvLog(Csv)).Fit(Tiny.Batches(20), 3, Tiny.Batches(20));
            Assert.Equal(fitted.History.ToCsv(), File.ReadAllText(Csv));
            return File.ReadAllLines(Csv)[0];
        }
        string header = Fit(train: [1, 2, 3], valid: [1]);
        Assert.Equal("epoch,train_loss,valid_loss,train_mae,valid_mae,train_a,valid_a,train_b,valid_b,seconds,learning_rate", header);
        Assert.Equal(header, Fit(train: [1, 2, 3], valid: [2]));
        Fit(train: [3], valid: []);
    }

    [Fact]
    public void A_new_run_begins_a_new_file_and_other_columns_are_refused()
    {
        File.WriteAllText(Csv, "something else\n1,2\n");
        new Experiment(_folder["a"], epochs: 1).Run(new CsvLog(Csv));
        Assert.Equal(2, File.ReadAllLines(Csv).Length);
        File.WriteAllText(Csv, "epoch,other\n1,2\n");
        var e = Assert.Throws<CallbackException>(() => new Experiment(_folder["a"], epochs: 2).Run(new CsvLog(Csv)));
        Assert.Contains($"{Csv} has the columns epoch,other", e.Message, StringComparison.Ordinal);
    }
}
