using System.CommandLine;
using Candeia.Experiments;

namespace Candeia.Cli;

/// <summary><c>candeia guess-the-correlation</c>: the options of the main job.</summary>
static class GuessTheCorrelationCommand
{
    public static Command Create()
    {
        var data = Paths.Folder("--data", "data", "Where the scatterplots are, or will be.");
        var source = Choice.Of("--source", ["generate", "download"], "How to get them when they are not there.");
        var train = Number.Whole("--train", 10_000, "Images to learn from.");
        var valid = Number.Whole("--valid", 5_000, "Images to watch the learning on.");
        var test = Number.Whole("--test", 5_000, "Images to judge the result on.");
        var recipe = Choice.Of("--recipe", [.. Recipe.All.Select(r => r.Name)], "The network of the tutorial, or the one that reads best.");
        var epochs = Number.Whole("--epochs", Recipe.Tutorial.Epochs, $"Passes over the training images; {Recipe.Best.Epochs} with the recipe best.");
        var batch = Number.Whole("--batch-size", 64, "Images per step.");
        var rate = Number.Positive("--learning-rate", Recipe.Tutorial.LearningRate, $"Step size of the optimizer; up to {Recipe.Best.LearningRate} with the recipe best.");
        var seed = Number.Seed("Gives the same network again, and the same scatterplots where none are there yet.");
        var threads = Number.Threads();
        var device = Devices.Option();
        var output = Paths.Folder("--out", "runs/guess-the-correlation", "Gets the model, the numbers, the pictures and the report.");
        var quick = new Option<bool>("--quick") { Description = "Fewer images and epochs, smaller batches: done within a minute." };

        var command = new Command("guess-the-correlation", "Teach a network to read the correlation off scatterplots: data, training, test, report.")
        {
            recipe, data, source, train, valid, test, epochs, batch, rate, seed, threads, device, output, quick,
        };
        command.SetAction((parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            bool small = parsed.GetValue(quick);
            var way = Recipe.Of(parsed.GetRequiredValue(recipe));
            int Size(Option<int> option, int quickly) => small && !parsed.Has(option) ? quickly : parsed.GetValue(option);
            var settings = new JobSettings(
                way.Name, parsed.GetRequiredValue(source), Size(train, 2_000), Size(valid, 500), Size(test, 500),
                small || parsed.Has(epochs) ? Size(epochs, 4) : way.Epochs, Size(batch, 16), parsed.Has(rate) ? parsed.GetValue(rate) : way.LearningRate,
                parsed.GetValue(seed), Threads.Count) { Device = parsed.GetRequiredValue(device) };
            var job = new GuessTheCorrelationJob(settings, parsed.GetRequiredValue(data), parsed.GetRequiredValue(output), new Story());
            return Task.FromResult(job.Run(cancel) ? Tool.Ok : Tool.Interrupted);
        });
        return command;
    }
}
