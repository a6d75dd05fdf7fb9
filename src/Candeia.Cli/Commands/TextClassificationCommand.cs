using System.CommandLine;
using Candeia.Experiments;

namespace Candeia.Cli;

/// <summary><c>candeia text-classification</c>: the options of the text classification.</summary>
static class TextClassificationCommand
{
    public static Command Create()
    {
        var data = Paths.Folder("--data", "drawn", "The texts: drawn, imdb, ag-news, a folder with .txt files in a folder for each class, or a .csv file with the columns text and label.");
        var downloads = Paths.Folder("--downloads", "data", "Where imdb and ag-news are, or will be.");
        var train = Number.Whole("--train", 8_000, "Texts to learn from, at most.", min: 2);
        var valid = Number.Whole("--valid", 1_000, "Texts to watch the learning on, at most.");
        var test = Number.Whole("--test", 2_000, "Texts to judge the result on, at most.");
        var epochs = Number.Whole("--epochs", 8, "Passes over the texts.");
        var batch = Number.Whole("--batch-size", 64, "Texts per step.");
        var rate = Number.Positive("--learning-rate", 2e-3, "Step size of the optimizer; the regression takes three times as much.");
        var length = Number.Whole("--max-length", 200, "Words of a text that are read.", max: 10_000);
        var vocabulary = Number.Whole("--vocabulary", 20_000, "Words that are known, at most.", min: 10);
        var seed = Number.Seed("Gives the same networks again, and the same drawn texts.");
        var threads = Number.Threads();
        var device = Devices.Option();
        var output = Paths.Folder("--out", "runs/text-classification", "Gets the best network, the numbers, the pictures and the report.");
        var quick = new Option<bool>("--quick") { Description = "Fewer texts and epochs: done within a minute." };

        var command = new Command("text-classification", "Teach four networks to tell texts apart: counts of words, embedding bag, LSTM, transformer; test, report.")
        {
            data, downloads, train, valid, test, epochs, batch, rate, length, vocabulary, seed, threads, device, output, quick,
        };
        command.SetAction((parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            bool small = parsed.GetValue(quick);
            int Size(Option<int> option, int quickly) => small && !parsed.Has(option) ? quickly : parsed.GetValue(option);
            var settings = new TextSettings(
                parsed.GetRequiredValue(data), Size(train, 2_000), Size(valid, 400), Size(test, 500), Size(epochs, 5), Size(batch, 32), parsed.GetValue(rate),
                parsed.GetValue(length), parsed.GetValue(vocabulary), parsed.GetValue(seed), Threads.Count) { Device = parsed.GetRequiredValue(device) };
            var job = new TextClassificationJob(settings, parsed.GetRequiredValue(downloads), parsed.GetRequiredValue(output), new Story());
            return Task.FromResult(job.Run(cancel) ? Tool.Ok : Tool.Interrupted);
        });
        return command;
    }
}
