using System.CommandLine;

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
        var epochs = Number.Whole("--epochs", 10, "Passes over the training images.");
        var batch = Number.Whole("--batch-size", 64, "Images per step.");
        var rate = Number.Positive("--learning-rate", 1e-3, "Step size of Adam.");
        var seed = Number.Seed("Gives the same data and the same network again.");
        var threads = Number.Threads();
        var output = Paths.Folder("--out", "runs/guess-the-correlation", "Gets the model, the numbers, the pictures and the report.");
        var quick = new Option<bool>("--quick") { Description = "Fewer images and epochs, smaller batches: done within a minute." };

        var command = new Command("guess-the-correlation", "Teach a network to read the correlation off scatterplots: data, training, test, report.")
        {
            data, source, train, valid, test, epochs, batch, rate, seed, threads, output, quick,
        };
        command.SetAction((parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            bool small = parsed.GetValue(quick);
            int Size(Option<int> option, int quickly) => small && !parsed.Has(option) ? quickly : parsed.GetValue(option);
            var settings = new JobSettings(
                parsed.GetRequiredValue(source), Size(train, 2_000), Size(valid, 500), Size(test, 500), Size(epochs, 4),
                Size(batch, 16), parsed.GetValue(rate), parsed.GetValue(seed), Threads.Count);
            var job = new GuessTheCorrelationJob(settings, parsed.GetRequiredValue(data), parsed.GetRequiredValue(output));
            return Task.FromResult(job.Run(cancel));
        });
        return command;
    }
}
