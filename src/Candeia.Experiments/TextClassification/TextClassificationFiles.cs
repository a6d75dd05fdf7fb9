using System.Text.Json;

namespace Candeia.Experiments;

/// <summary>The files of the text classification: all of them, or none and the trained weights somewhere else.</summary>
static class TextClassificationFiles
{
    /// <exception cref="IOException">They could not be written; the message says where the weights are.</exception>
    public static void Write(OutFolder folder, TextResult best, TextMetrics metrics, TextClassificationReport report) => Rescue.Or(
        () => Together(folder, best, metrics, report), best.Classifier.Network.Save, folder.Path, Path.GetTempPath());

    static void Together(OutFolder folder, TextResult best, TextMetrics metrics, TextClassificationReport report)
    {
        using var all = FilesTogether.Begin();
        folder.Write("report.html", report.Page().Save);
        folder.Write("accuracy.svg", report.Accuracies.Save);
        folder.Write("curves.svg", report.Curves.Save);
        folder.Write("confusion.svg", report.Confusion.Save);
        folder.Write("words.svg", report.Words.Save);
        folder.Write("answers.csv", f => WholeFile.Write(f, Csv.Write("id,truth,answer,probability", best.Answers,
            a => $"{Csv.Field(a.Text.Id)},{Csv.Field(metrics.Classes[a.Text.Label])},{Csv.Field(a.Class.Name)},{a.Class.Probability:R}")));
        folder.Write("metrics.json", f => WholeFile.Write(f, JsonSerializer.Serialize(metrics, TextJson.Plain.TextMetrics) + "\n"));
        folder.Write("model", best.Classifier.Save);
        all.Complete();
    }
}
