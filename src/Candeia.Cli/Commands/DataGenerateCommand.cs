using System.CommandLine;
using Candeia.Datasets;
using Candeia.Experiments;

namespace Candeia.Cli;

/// <summary><c>candeia data generate</c>: makes a labelled set of scatterplots.</summary>
static class DataGenerateCommand
{
    public static Command Create()
    {
        var output = Paths.Folder("--out", "Gets a folder guess-the-correlation with train.csv and train_imgs.");
        var count = Number.Required("--count", "How many images.", max: Scatterplots.Most);
        var seed = Number.Seed("Gives the same images again, byte for byte.");
        var threads = Number.Threads();
        var command = new Command("generate", "Make labelled scatterplots, in the layout of the real data set.") { output, count, seed, threads };
        command.SetAction((parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            Generate(parsed.GetRequiredValue(output), parsed.GetValue(count), parsed.GetValue(seed), cancel);
            return Task.CompletedTask;
        });
        return command;
    }

    static void Generate(string folder, int count, ulong seed, CancellationToken cancel)
    {
        using (var progress = new Story().DataProgress())
            _ = new GuessTheCorrelation(folder, count: count, seed: seed, progress: progress, cancel: cancel);
        int there = new GuessTheCorrelation(folder, source: DataSource.Folder).Count;
        if (there != count)
            throw new UserException($"'{folder}' holds {there} scatterplots already, not {count}; name another folder, or delete this one.");
        Screen.Say($"{count} scatterplots: {folder}");
    }
}
