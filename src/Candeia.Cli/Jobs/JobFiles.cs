using System.Globalization;
using System.Text.Json;
using Candeia.Charts;
using Candeia.Data;
using Candeia.Training;
using Candeia.Vision;

namespace Candeia.Cli;

/// <summary>The files of the main job.</summary>
sealed class JobFiles(OutFolder folder, Fitted<CorrelationNet> fitted, JobMetrics metrics, IReadOnlyList<Prediction> predictions, Batch batch)
{
    public void Write()
    {
        var picture = Pictures.Of(batch);
        Figure history = History(), scatter = Scatter();
        folder.Write("model.safetensors", f => Safetensors.Save(f, fitted.Model.StateDict()));
        folder.Write("history.csv", f => File.WriteAllText(f, fitted.History.ToCsv()));
        folder.Write("metrics.json", f => File.WriteAllText(f, JsonSerializer.Serialize(metrics, Json.Plain.JobMetrics) + "\n"));
        folder.Write("predictions.csv", f => File.WriteAllText(f, Csv.Write("id,truth,prediction", predictions, p => $"{Csv.Field(p.Id)},{p.Truth},{p.Predicted}")));
        folder.Write("batch.png", picture.Save);
        folder.Write("history.svg", history.Save);
        folder.Write("predictions.svg", scatter.Save);
    }

    LineChart History() => new("Loss per epoch",
    [
        new Series("training", [.. metrics.Epochs.Select(e => e.TrainLoss)]),
        new Series("validation", [.. metrics.Epochs.Select(e => e.ValidLoss ?? double.NaN)]),
    ])
    {
        X = "epoch", Y = new Axis("mean squared error") { Log = true }, Markers = true,
    };

    ScatterChart Scatter() => new("Predictions against the truth", [.. predictions.Select(p => (double)p.Truth)], [.. predictions.Select(p => (double)p.Predicted)])
    {
        X = "true correlation", Y = "prediction", Diagonal = true, Notes = [metrics.Test.ToString()],
    };
}
