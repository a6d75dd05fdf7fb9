using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Candeia.Experiments;
using Candeia.Images;
using Candeia.NN;

namespace Candeia.Cli;

/// <summary><c>candeia classify</c>: what a saved classifier takes pictures for.</summary>
static class ClassifyCommand
{
    public static Command Create()
    {
        var model = Paths.Folder("--model", "The folder 'model' that train-images wrote.");
        var images = Paths.Files("IMAGE", "Pictures, of any format.");
        var top = Number.Whole("--top", 3, "How many classes of each picture are named.");
        var threads = Number.Threads();
        var device = Devices.Option("computes");
        var json = Flags.Json();
        var command = new Command("classify", "Name what is on pictures; one line per picture: file,class,probability,…") { model, images, top, threads, device, json };
        command.SetAction((parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            string[] files = parsed.GetRequiredValue(images);
            if (files.FirstOrDefault(f => !File.Exists(f)) is { } missing) throw new UserException($"There is no picture '{missing}'.");
            var rows = Answer(parsed.GetRequiredValue(model), files, parsed.GetValue(top), Device.Named(parsed.GetRequiredValue(device)), cancel);
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(rows, TrainImagesJson.Plain.ListClassifiedImage));
            else foreach (var row in rows)
                Console.WriteLine(string.Join(',', [Csv.Field(row.File), .. row.Classes.Select(g => string.Create(CultureInfo.InvariantCulture, $"{Csv.Field(g.Class)},{g.Probability:0.0000}"))]));
            return Task.CompletedTask;
        });
        return command;
    }

    // All or nothing: a fault in one picture leaves no half of a list.
    static List<ClassifiedImage> Answer(string model, string[] files, int top, Device device, CancellationToken cancel)
    {
        var classifier = ServedClassifier.Load(model);
        classifier.Network.To(device);
        return [.. files.Select(file =>
        {
            cancel.ThrowIfCancellationRequested();
            return new ClassifiedImage(file, [.. classifier.Classify(Image.Load(file)).Take(top)]);
        })];
    }
}
