using System.Globalization;
using System.Text;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>One model of a search.</summary>
/// <param name="Number">Which one it was, counted from 1.</param>
/// <param name="Settings">What it was made with.</param>
/// <param name="Score">The metric in its best epoch; not a number where it never was one.</param>
/// <param name="History">How it was trained.</param>
public sealed record SearchTrial(int Number, Hyperparameters Settings, double Score, History History);

/// <summary>What a search has found.</summary>
/// <param name="Metric">What the models were compared by.</param>
/// <param name="Trials">All of them, the best first.</param>
/// <param name="Best">The best model.</param>
public sealed record SearchResult<TModel>(string Metric, IReadOnlyList<SearchTrial> Trials, Fitted<TModel> Best) where TModel : Module
{
    const int Most = 20;

    /// <summary>A line for each trial, the best first; of many, the first twenty.</summary>
    public override string ToString()
    {
        string[][] rows = [["trial", Metric, "epochs", .. Names], .. Trials.Take(Most).Select(Row)];
        var text = new StringBuilder();
        foreach (string[] row in rows) text.AppendJoin("  ", row.Select((cell, c) => cell.PadLeft(rows.Max(r => r[c].Length)))).Append('\n');
        return (Trials.Count > Most ? text.Append(CultureInfo.InvariantCulture, $"… {Trials.Count - Most} more …\n") : text).ToString();
    }

    /// <summary>All trials as a table, the best first: trial, the metric, epochs, and a column for each setting.</summary>
    public string ToCsv()
    {
        static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
        var lines = Trials.Select(t => string.Join(',', [Text(t.Number), Text(t.Score), Text(t.History.Epochs.Count), .. t.Settings.Values.Values.Select(Text)]) + "\n");
        return string.Concat(lines.Prepend(string.Join(',', ["trial", Metric, "epochs", .. Names]) + "\n"));
    }

    IEnumerable<string> Names => Trials.Count > 0 ? Trials[0].Settings.Values.Keys : [];

    static string[] Row(SearchTrial t) =>
        [$"{t.Number}", t.Score.ToString("G4", CultureInfo.InvariantCulture), $"{t.History.Epochs.Count}", .. t.Settings.Values.Values.Select(Hyperparameters.Text)];
}
