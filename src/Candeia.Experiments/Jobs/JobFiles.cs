using System.Text.Json;
using Candeia.NN;
using Candeia.Training;
using Candeia.Images;

namespace Candeia.Experiments;

/// <summary>The files of the main job: all of them, or none and the trained weights somewhere else.</summary>
static class JobFiles
{
    /// <exception cref="IOException">They could not be written; the message says where the weights are.</exception>
    public static void Write(
        OutFolder folder, Fitted<Layer> fitted, JobMetrics metrics, IReadOnlyList<Prediction> predictions, Image batch, JobReport report) => Rescue.Or(
            () => Together(folder, fitted, metrics, predictions, batch, report), file => SavedNetwork.Save(file, fitted.Model, metrics.Settings.Recipe), folder.Path, Path.GetTempPath());

    static void Together(
        OutFolder folder, Fitted<Layer> fitted, JobMetrics metrics, IReadOnlyList<Prediction> predictions, Image batch, JobReport report)
    {
        using var all = FilesTogether.Begin();                               // a report and a model of two trainings would tell nobody that they are
        folder.Write("report.html", report.Page().Save);
        folder.Write("batch.png", batch.Save);
        folder.Write("history.svg", report.Losses.Save);
        folder.Write("predictions.svg", report.Scatter.Save);
        folder.Write("history.csv", f => WholeFile.Write(f, fitted.History.ToCsv()));
        folder.Write("predictions.csv", f => WholeFile.Write(f,
            Csv.Write("id,truth,prediction", predictions, p => $"{Csv.Field(p.Id)},{p.Truth},{p.Predicted}")));
        folder.Write("metrics.json", f => WholeFile.Write(f, JsonSerializer.Serialize(metrics, Json.Plain.JobMetrics) + "\n"));
        folder.Write("model.safetensors", f => SavedNetwork.Save(f, fitted.Model, metrics.Settings.Recipe));
        all.Complete();
    }
}
