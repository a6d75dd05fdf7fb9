using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Candeia.Experiments;
using Candeia.Images;
using Candeia.NN;

namespace Candeia.Cli;

/// <summary><c>candeia predict</c>: the correlation that a saved network reads off image files.</summary>
static class PredictCommand
{
    const long MostFileBytes = 64 << 20;

    public static Command Create()
    {
        var model = Paths.File("--model", "A model.safetensors of guess-the-correlation.");
        var images = Paths.Files("IMAGE", "Pictures of scatterplots, of any size, colours and format.");
        var threads = Number.Threads();
        var device = Devices.Option("computes");
        var json = Flags.Json();
        var command = new Command("predict", "Read the correlation off scatterplots; one line per image: file,correlation.")
        {
            model, images, threads, device, json,
        };
        command.SetAction((parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            string[] files = parsed.GetRequiredValue(images);
            if (files.FirstOrDefault(f => !File.Exists(f)) is { } missing)
                throw new UserException($"There is no picture '{missing}'; name pictures of scatterplots.");
            string file = parsed.GetRequiredValue(model);
            var rows = Predict(file, files, Device.Named(parsed.GetRequiredValue(device)), cancel);
            foreach (var row in rows.Where(r => r.Unlike is not null))
                Screen.Complain($"'{row.File}' {row.Unlike}, unlike the pictures that the network has learnt from, so its answer may mean nothing.");
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(rows, Json.Plain.ListImageCorrelation));
            else foreach (var row in rows) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Csv.Field(row.File)},{row.Correlation}"));
            return Task.CompletedTask;
        });
        return command;
    }

    // All or nothing: a fault in one image leaves no half of a list. Read in portions, so that any number fits into memory.
    static List<ImageCorrelation> Predict(string model, string[] files, Device device, CancellationToken cancel)
    {
        var net = SavedNetwork.Load(model).Eval().To(device);
        List<ImageCorrelation> rows = [];
        foreach (string[] some in files.Chunk(64))
        {
            using var scope = Scope.Begin();
            using var _ = Autograd.NoGrad();
            var pictures = some.Select(f => Read(f, cancel)).ToArray();
            float[] answers = net.Forward(Tensor.Stack([.. pictures.Select(p => CorrelationNet.Crop(p.Picture))]).To(device)).ToArray<float>();
            SavedNetwork.CheckAnswers(model, answers);
            // A network may say anything; a correlation is nothing beyond −1 and 1.
            rows.AddRange(some.Select((file, i) => new ImageCorrelation(file, Math.Clamp(answers[i], -1, 1), pictures[i].Unlike, pictures[i].Found)));
        }
        return rows;
    }

    static AnyScatterplot Read(string file, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            return AnyScatterplot.Read(Image.Decode(OrdinaryFile.ReadAllBytes(file, MostFileBytes)));
        }
        catch (Exception fault) when (fault is FormatException or IOException or UnauthorizedAccessException)
        {
            string what = fault is ImageFormatException or IOException or UnauthorizedAccessException ? $"cannot be read ({fault.Message.TrimEnd('.')})" : $"is {fault.Message}";
            throw new UserException($"'{file}' {what}; name another picture.", fault);
        }
    }
}
