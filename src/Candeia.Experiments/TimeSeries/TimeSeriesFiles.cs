using System.Text.Json;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>The files of the forecasts: all of them, or none.</summary>
static class TimeSeriesFiles
{
    /// <exception cref="IOException">They could not be written; the message says where the weights are.</exception>
    public static void Write(OutFolder folder, Fitted<ForecastNet> fitted, TimeSeriesMetrics metrics, TimeSeriesReport report, TimeSeriesResult result, ForecastWindows test) => Rescue.Or(
        () => Together(folder, fitted, metrics, report, result, test), file => SavedForecaster.Save(file, fitted.Model, metrics.Settings), folder.Path, Path.GetTempPath());

    static void Together(OutFolder folder, Fitted<ForecastNet> fitted, TimeSeriesMetrics metrics, TimeSeriesReport report, TimeSeriesResult result, ForecastWindows test)
    {
        using var all = FilesTogether.Begin();
        folder.Write("report.html", report.Page().Save);
        folder.Write("forecast.svg", report.Week.Save);
        folder.Write("errors.svg", report.Errors.Save);
        folder.Write("history.csv", f => WholeFile.Write(f, fitted.History.ToCsv()));
        folder.Write("forecasts.csv", f => WholeFile.Write(f, Csv.Write("origin,step,truth,lstm,low,high,linear,season_ago", Rows(result, test), r => $"{r}")));
        folder.Write("metrics.json", f => WholeFile.Write(f, JsonSerializer.Serialize(metrics, TimeSeriesJson.Plain.TimeSeriesMetrics) + "\n"));
        folder.Write("model.safetensors", f => SavedForecaster.Save(f, fitted.Model, metrics.Settings));
        all.Complete();
    }

    // Forecasts that follow each other without a gap: one for each horizon.
    static IEnumerable<string> Rows(TimeSeriesResult result, ForecastWindows test)
    {
        int horizon = result.Lstm[0].Middle.Length;
        for (int i = 0; i < result.Lstm.Count; i += horizon)
        {
            double[] truth = test.Truth(i);
            for (int s = 0; s < horizon; s++)
            {
                var lstm = result.Lstm[i];
                yield return FormattableString.Invariant($"{test.Origin(i)},{s + 1},{truth[s]:G9},{lstm.Middle[s]:G9},{lstm.Low![s]:G9},{lstm.High![s]:G9},{result.Linear[i].Middle[s]:G9},{result.SeasonBefore[i].Middle[s]:G9}");
            }
        }
    }
}
