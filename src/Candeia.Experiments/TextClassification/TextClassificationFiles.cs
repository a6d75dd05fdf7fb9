using System.Text.Json;

namespace Candeia.Experiments;

/// <summary>The files of the text classification: all of them, or none.</summary>
static class TextClassificationFiles
{
    /// <exception cref="IOException">They could not be written.</exception>
    public static void Write(OutFolder folder, TextResult best, TextMetrics metrics, TextClassificationReport report)
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
