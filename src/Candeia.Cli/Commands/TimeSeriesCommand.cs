using System.CommandLine;
using Candeia.Experiments;

namespace Candeia.Cli;

/// <summary><c>candeia time-series</c>: the options of the forecasts.</summary>
static class TimeSeriesCommand
{
    public static Command Create()
    {
        var data = Paths.Optional("--data", "FILE", "A CSV file with a line for each step, oldest first; without it a demand is drawn.");
        var column = new Option<string?>("--column") { Description = "The column of the file that is foretold; the last one unless named.", HelpName = "NAME" };
        var weeks = Number.Whole("--weeks", 60, "How many weeks of hours are drawn.", min: 4, max: 10_000);
        var season = Number.Whole("--season", DrawnDemand.Week, "After how many steps the series repeats: a forecast sees as many.", min: 2, max: 100_000);
        var day = Number.Whole("--day", DrawnDemand.Day, "The shorter season in it; 1, if there is none.", max: 100_000);
        var horizon = Number.Whole("--horizon", 24, "How many steps are foretold at once.", max: 100_000);
        var hidden = Number.Whole("--hidden", 48, "The numbers in the state of each LSTM.", max: 4096);
        var epochs = Number.Whole("--epochs", 10, "Passes over the training data.");
        var batch = Number.Whole("--batch-size", 64, "Forecasts per step.");
        var rate = Number.Positive("--learning-rate", 5e-3, "The largest step size of AdamW.");
        var coverage = Number.Part("--coverage", 0.9, "The part of what comes that shall lie in the bands.");
        var seed = Number.Seed("Gives the same series and the same network again.");
        var threads = Number.Threads();
        var device = Devices.Option();
        var output = Paths.Folder("--out", "runs/time-series", "Gets the model, the numbers, the pictures and the report.");
        var quick = new Option<bool>("--quick") { Description = "Fewer weeks and epochs, a smaller network: done within a minute." };
        var command = new Command("time-series", "Foretell a series: an LSTM with error bands beside a linear model and the week before.")
        {
            data, column, weeks, season, day, horizon, hidden, epochs, batch, rate, coverage, seed, threads, device, output, quick,
        };
        command.Validators.Add(result =>
        {
            bool given = result.GetResult(data) is { Implicit: false };
            if (!given && result.GetResult(column) is { Implicit: false }) result.AddError("--column is for a file; name that with --data");
            else if (given && result.GetResult(weeks) is { Implicit: false }) result.AddError("--weeks is for a series that is drawn; leave it out, or --data");
        });
        command.SetAction((parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            int Size(Option<int> option, int quickly) => parsed.GetValue(quick) && !parsed.Has(option) ? quickly : parsed.GetValue(option);
            var settings = new TimeSeriesSettings(
                parsed.GetValue(data), parsed.GetValue(column), Size(weeks, 40), parsed.GetValue(season), parsed.GetValue(day), parsed.GetValue(horizon), Size(hidden, 32), Size(epochs, 6),
                parsed.GetValue(batch), parsed.GetValue(rate), parsed.GetValue(coverage), parsed.GetValue(seed), Threads.Count) { Device = parsed.GetRequiredValue(device) };
            var job = new TimeSeriesJob(settings, parsed.GetRequiredValue(output), new Story());
            return Task.FromResult(job.Run(cancel) ? Tool.Ok : Tool.Interrupted);
        });
        return command;
    }
}
