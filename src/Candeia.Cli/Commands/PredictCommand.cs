using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Candeia.Datasets;
using Candeia.Experiments;
using Candeia.NN;

namespace Candeia.Cli;

/// <summary><c>candeia predict</c>: the correlation that a saved network reads off image files.</summary>
static class PredictCommand
{
    public static Command Create()
    {
        var model = Paths.File("--model", "A model.safetensors of guess-the-correlation.");
        var images = Paths.Files("IMAGE", "PNG files of scatterplots, 150 by 150 pixels.");
        var threads = Number.Threads();
        var json = Flags.Json();
        var command = new Command("predict", "Read the correlation off scatterplots; one line per image: file,correlation.")
        {
            model, images, threads, json,
        };
        command.SetAction((parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            string[] files = parsed.GetRequiredValue(images);
            if (files.FirstOrDefault(f => !File.Exists(f)) is { } missing)
                throw new UserException($"There is no picture '{missing}'; name PNG files of scatterplots.");
            string file = parsed.GetRequiredValue(model);
            var rows = Predict(SavedNetwork.Load(file), files, cancel);
            SavedNetwork.CheckAnswers(file, rows.Select(r => r.Correlation));
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(rows, Json.Plain.ListImageCorrelation));
            else foreach (var row in rows) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Csv.Field(row.File)},{row.Correlation}"));
            return Task.CompletedTask;
        });
        return command;
    }

    // All or nothing: a fault in one image leaves no half of a list. Read in portions, so that any number fits into memory.
    static List<ImageCorrelation> Predict(Layer net, string[] files, CancellationToken cancel)
    {
        net.Eval();
        List<ImageCorrelation> rows = [];
        foreach (string[] some in files.Chunk(64))
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = Scope.Begin();
            using var _ = Autograd.NoGrad();
            var x = Tensor.Stack([.. some.Select(f => CorrelationNet.Crop(GuessTheCorrelation.ReadPicture(f)))]);
            rows.AddRange(some.Zip(net.Forward(x).ToArray<float>(), (file, y) => new ImageCorrelation(file, y)));
        }
        return rows;
    }
}
