using System.Text.Json;
using Candeia.Datasets;

namespace Candeia.Experiments;

/// <summary>The files of train-table: all of them, or none.</summary>
static class TrainTableFiles
{
    /// <exception cref="IOException">They could not be written; the message says where the weights are.</exception>
    public static void Write(OutFolder folder, TrainTableMetrics metrics, TrainTableReport report, DataFrame table) => Rescue.Or(
        () => Together(folder, metrics, report, table), file => report.Kept.Model.Net.Save(file), folder.Path, Path.GetTempPath());

    static void Together(OutFolder folder, TrainTableMetrics metrics, TrainTableReport report, DataFrame table)
    {
        using var all = FilesTogether.Begin();
        folder.Write("report.html", report.Page().Save);
        folder.Write("test.svg", report.Test.Save);
        folder.Write("importance.svg", report.Importance.Save);
        folder.Write("history.csv", f => WholeFile.Write(f, report.Kept.History.ToCsv()));
        folder.Write("predictions.csv", f => WholeFile.Write(f, report.Answers()));
        folder.Write("metrics.json", f => WholeFile.Write(f, JsonSerializer.Serialize(metrics, TrainTableJson.Plain.TrainTableMetrics) + "\n"));
        if (metrics.Settings.Data is null) folder.Write("data.csv", f => CsvTable.Write(f, table));
        folder.Write("model", f => report.Kept.Model.Save(f, new ModelCard(metrics, table).ToString()));
        all.Complete();
    }
}
