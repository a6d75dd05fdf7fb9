using Candeia.Charts;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>The figures of the forecasts, and the page that puts them together.</summary>
sealed class TimeSeriesReport(TimeSeriesMetrics metrics, string name, double[] series, ForecastWindows test, TimeSeriesResult result, History history)
{
    readonly TimeSeriesSettings _settings = metrics.Settings;

    /// <summary>One forecast after the other, as far as a season goes, with bands, and what came.</summary>
    public LineChart Week
    {
        get
        {
            int[] origins = [.. Enumerable.Range(0, Math.Max(1, Math.Min(_settings.Season, test.Count) / _settings.Horizon)).Select(i => i * _settings.Horizon).Where(i => i < test.Count)];
            double[] at = [.. origins.SelectMany(i => Enumerable.Range(test.Origin(i), _settings.Horizon)).Select(t => (double)t)];
            double[] Of(Func<int, IEnumerable<double>> values) => [.. origins.SelectMany(values)];
            return new("Forecasts and what came",
            [
                new("a season ago", at, Of(i => result.SeasonBefore[i].Middle)) { Hue = Hue.Grey, Dashed = true },
                new("what came", at, Of(test.Truth)) { Hue = Hue.Blue },
                new("LSTM", at, Of(i => result.Lstm[i].Middle)) { Hue = Hue.Orange },
            ])
            {
                Subtitle = Text($"{Count.Of(origins.Length, "forecast")} of {_settings.Horizon} steps, one after the other, on data that no model has seen"),
                Bands = [new(Text($"{_settings.Coverage:P0} band"), at, Of(i => result.Lstm[i].Low!), Of(i => result.Lstm[i].High!)) { Hue = Hue.Orange }],
                X = "step", Y = name,
            };
        }
    }

    /// <summary>How errors grow with the distance.</summary>
    public LineChart Errors => new("Error by distance", [.. metrics.Scores.Reverse().Select(s => new Series(s.Model, s.MaeByStep) { Hue = HueOf(s.Model) })])
    {
        Subtitle = "Mean absolute error of the first step ahead, the second, and so on", X = "steps ahead", Y = name,
    };

    LineChart Covered => new("Coverage of the bands",
        [new("promised", [.. metrics.Band.ByStep.Select(_ => metrics.Band.Promised)]) { Hue = Hue.Grey, Dashed = true }, new("measured", metrics.Band.ByStep) { Hue = Hue.Orange }])
    {
        Subtitle = "The part of what came that lay in the band", X = "steps ahead", Y = new Axis("part") { Range = new(0, 1) },
    };

    LineChart Whole
    {
        get
        {
            int[] starts = [0, (int)(0.7 * series.Length), (int)(0.85 * series.Length), series.Length];
            (string, Hue)[] parts = [("to learn from", Hue.Blue), ("to watch", Hue.Grey), ("test", Hue.Orange)];
            return new("The series", [.. parts.Select((p, i) => new Series(
                p.Item1, [.. Enumerable.Range(starts[i], starts[i + 1] - starts[i]).Select(t => (double)t)], series[starts[i]..starts[i + 1]]) { Hue = p.Item2 })]) { X = "step", Y = name };
        }
    }

    /// <summary>Everything on one page.</summary>
    public Report Page() => new("Time series")
    {
        Lead = Text($"An LSTM reads {_settings.Season} steps of a series and foretells the next {_settings.Horizon}. On {metrics.Forecasts:N0} moments that it has never seen it is off by ")
            + Text($"{Best.Mae:G3} on average; {Words(metrics.Scores[1])}, and {Words(metrics.Scores[2])}."),
        Tiles =
        [
            new Tile("mean absolute error", Best.Mae) { Note = Verdict },
            new Tile("a linear model", metrics.Scores[1].Mae),
            new Tile("a season ago", metrics.Scores[2].Mae),
            new Tile("coverage", Text($"{metrics.Band.Measured:P1}")) { Note = Text($"promised {metrics.Band.Promised:P0}; {metrics.Band.Raw:P1} before validation has set the bands") },
        ],
        Sections =
        [
            new Section("The forecasts", [Week, Errors, Table.Of(metrics.Scores.Select(s => new { s.Model, s.Mae, s.Rmse, FirstStep = s.MaeByStep[0], LastStep = s.MaeByStep[^1] }))]),
            new Section("The bands", [
                Text($"The network says three quantiles for each step. How far they have to be moved so that {_settings.Coverage:P0} of what comes lies between the outer ones is measured on the validation data; the test has no part in it."),
                Covered]),
            new Section("The data", [
                _settings.Data is { } file ? $"The column {name} of {file}." : "The series is drawn, not measured: a day and a week, a slow wave, a level that wanders, and quiet days from midnight to midnight, which nobody announces.",
                "It is divided by time, and no forecast reaches into the next part.",
                Whole]),
            new Section("The training", [history.Chart(), Table.Of(metrics.Epochs)]),
        ],
        Footer =
        [
            new("Made", Text($"{DateTime.Now:yyyy-MM-dd HH:mm}")),
            new("With", $"Candeia {metrics.Versions.Candeia}, .NET {metrics.Versions.Dotnet}"),
            new("On", $"{metrics.Machine.Processor}, {metrics.Machine.Vectors}, {metrics.Machine.System}"),
            new("In", Text($"{metrics.Seconds:N0} s, {_settings.Threads} threads")),
            new("Settings", Text($"{Count.Of(_settings.Epochs, "epoch")}, batches of {_settings.BatchSize}, AdamW {_settings.LearningRate} (one cycle), {_settings.Hidden} hidden, {metrics.Parameters:N0} parameters, seed {_settings.Seed}")),
        ],
    };

    ForecastScore Best => metrics.Scores[0];

    string Verdict => Best.Mae < metrics.Scores.Skip(1).Min(s => s.Mae) ? "less than both beside it" : "not less than both beside it";

    static string Words(ForecastScore other) => Text($"{(other.Model == "linear" ? "a linear model" : "the same as a season ago")} is off by {other.Mae:G3}");

    static Hue HueOf(string model) => model switch { "LSTM" => Hue.Orange, "linear" => Hue.Green, _ => Hue.Grey };

    static string Text(FormattableString text) => FormattableString.Invariant(text);
}
