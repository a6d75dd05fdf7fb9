using Candeia.Charts;
using Candeia.Datasets;

namespace Candeia.Experiments;

/// <summary>The figures of train-table, and the page that puts them together.</summary>
sealed class TrainTableReport
{
    const int MostClasses = 30, MostColumns = 20, MostRows = 10;
    readonly TrainTableMetrics _metrics;
    readonly DataFrame _table;
    readonly TableParts _data;
    readonly IReadOnlyList<TableRun> _runs;
    readonly TablePredictions _predicted;

    public TrainTableReport(TrainTableMetrics metrics, DataFrame table, TableParts data, IReadOnlyList<TableRun> runs, TableRun kept)
    {
        (_metrics, _table, _data, _runs, Kept) = (metrics, table, data, runs, kept);
        _predicted = kept.Model.Predict(data.Test.X);
    }

    /// <summary>The model that is saved.</summary>
    public TableRun Kept { get; }

    TrainTableSettings Settings => _metrics.Settings;

    string Target => _data.Encoder.Target;

    /// <summary>The test of the model that is saved: what is taken for what, or predictions against truth.</summary>
    public Figure Test => !_data.IsClasses
        ? PredictionsChart.Of(_data.TrueNumbers, _predicted.Values) with { X = Target, Y = "prediction" }
        : _data.Encoder.Classes.Count <= MostClasses ? _data.Confusion(_predicted).Chart(_data.Encoder.Classes) : Found;

    /// <summary>How much each column counts.</summary>
    public BarChart Importance => new("How much the columns count", [.. _metrics.Importance.Take(MostColumns).Select(i => new Bar(i.Column, i.Loss))])
    {
        X = _data.IsClasses ? "more mistakes, as a share of the rows" : "more error",
    };

    BarChart Found => new("The share of each class that is named rightly", [.. Recalls().Take(MostColumns)]);

    IEnumerable<Bar> Recalls()
    {
        var confusion = _data.Confusion(_predicted);
        return _data.Encoder.Classes.Index().Where(c => confusion.Truly(c.Index) > 0).Select(c => new Bar(c.Item, confusion.Recall(c.Index)));
    }

    /// <summary>A line for each row of the test.</summary>
    public string Answers() => Csv.Write(_data.IsClasses ? "row,truth,prediction,probability" : "row,truth,prediction", Enumerable.Range(0, _predicted.Count), row =>
    {
        var (number, truth) = _data.Truth(row);
        string said = $"{number},{Csv.Field(truth)},{Csv.Field(_predicted.Text(row))}";
        return _data.IsClasses ? $"{said},{Sureness(row):0.0000}" : (FormattableString)$"{said}";
    });

    /// <summary>Everything on one page.</summary>
    public Report Page() => new("A table of your own")
    {
        Lead = Text($"What is '{Target}', if the other columns are known? On {_metrics.Tested:N0} rows that it has never seen the {Name(_metrics.Kept)} is {_metrics.Best}")
            + Text($"; saying {_metrics.Scores[^1].Model} would be {_metrics.Scores[^1]}.")
            + (Settings.Data is null ? " The table is drawn, not measured: flats of a town that is not there." : ""),
        Tiles = [.. Tiles()],
        Sections =
        [
            new("The test", [.. Tested()]),
            new("The columns", [
                "Each column is dealt out to other rows by lot, and the model errs more by so much. What hangs together counts less here than it could: the model takes it from the other column.",
                Importance, Columns()]),
            new("The training", [RunCharts.Curves([.. _runs.Select(r => (r.Name, r.History))]), Kept.History.Chart() with { Subtitle = $"the {Name(Kept.Name)}" }]),
        ],
        Footer =
        [
            new("With", $"Candeia {_metrics.Versions.Candeia}, .NET {_metrics.Versions.Dotnet}"),
            new("On", $"{_metrics.Machine.Processor}, {_metrics.Machine.Vectors}, {_metrics.Machine.System}"),
            new("In", Text($"{_metrics.Seconds:N0} s, {Settings.Threads} threads")),
            new("Settings", Text($"{Count.Of(Kept.History.Epochs.Count, "epoch")}, batches of {Settings.BatchSize}, AdamW {Settings.LearningRate} (one cycle), ")
                + Text($"two layers of {Settings.Hidden}, seed {Settings.Seed}")),
        ],
    };

    IEnumerable<Tile> Tiles()
    {
        foreach (var score in _metrics.Scores)
            yield return _data.IsClasses ? new Tile(score.Model, Text($"{100 * score.Accuracy:0.0} %")) { Note = "named rightly" }
                : new Tile(score.Model, score.Mae!.Value) { Note = "mean absolute error" };
        yield return new Tile("rows tested", _metrics.Tested);
    }

    IEnumerable<ReportBlock> Tested()
    {
        yield return Test;
        if (!_data.IsClasses)
        {
            double[] errors = [.. _predicted.Values.Zip(_data.TrueNumbers, (p, t) => p - t)];
            yield return new Histogram("Errors", errors) { X = "prediction − truth" };
            yield return Candeia.Charts.Table.Of(_metrics.Scores.Select(s => new { s.Model, s.Mae, s.Rmse, s.R2 }));
            yield return "The rows that it is furthest off:";
            yield return Candeia.Charts.Table.Of(errors.Index().OrderByDescending(e => Math.Abs(e.Item)).Take(MostRows)
                .Select(e => new { _data.Truth(e.Index).Row, Truth = _data.TrueNumbers[e.Index], Prediction = _predicted.Values[e.Index] }));
            yield break;
        }
        if (_data.Encoder.Classes.Count <= MostClasses) yield return Found;
        yield return Candeia.Charts.Table.Of(_metrics.Scores.Select(s => new { s.Model, s.Accuracy, s.F1, s.Auroc }));
        long[] truth = _data.TrueClasses;
        var wrong = Enumerable.Range(0, _predicted.Count).Where(r => _predicted.Class(r) != truth[r]).OrderByDescending(Sureness).Take(MostRows).ToArray();
        if (wrong.Length == 0) yield break;
        yield return "The mistakes of which it is surest:";
        yield return Candeia.Charts.Table.Of(wrong.Select(r => new { _data.Truth(r).Row, _data.Truth(r).Truth, Prediction = _predicted.Text(r), Probability = Sureness(r) }));
    }

    double Sureness(int row) => _predicted.Probability(row, _predicted.Class(row));

    Candeia.Charts.Table Columns() => Candeia.Charts.Table.Of(_table.Columns.Select(c => new
    {
        Column = c.Name, Kind = c.Kind.ToString().ToLowerInvariant(), c.Missing,
        Becomes = _metrics.Role(c.Name) is { Length: > 0 } role ? role : Count.Of(_data.Encoder.Origins.Count(o => o == c.Name), "number"),
    })) with { Caption = "What became of the columns" };

    static string Name(string model) => model == TrainTableJob.Linear ? "linear model" : "network";

    static string Text(FormattableString text) => FormattableString.Invariant(text);
}
