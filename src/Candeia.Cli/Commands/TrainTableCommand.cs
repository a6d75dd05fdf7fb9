using System.CommandLine;
using Candeia.Datasets;
using Candeia.Experiments;

namespace Candeia.Cli;

/// <summary><c>candeia train-table</c>: the user's own table.</summary>
static class TrainTableCommand
{
    public static Command Create()
    {
        var data = Paths.Optional("--data", "FILE", "A CSV file with a line of names, or a Parquet file; flats are drawn without it.");
        var target = new Option<string?>("--target") { Description = "The column that is predicted.", HelpName = "COLUMN" };
        var task = Choice.Of("--task", ["auto", "regression", "classification"], "Whether a number or a class is predicted; auto asks the column.");
        var rows = Number.Whole("--rows", 3000, "How many flats are drawn.", min: TableSplit.Fewest, max: 1_000_000);
        var hidden = Number.Whole("--hidden", 64, "The numbers in each of the network's two hidden layers.", max: 4096);
        var epochs = new Option<int?>("--epochs") { Description = "Passes over the rows; as many as make about 4000 steps, unless given.", HelpName = "N" };
        Number.Check(epochs, n => n >= 1, $"a whole number from 1 to {int.MaxValue}");
        var batch = Number.Whole("--batch-size", 64, "Rows per step.");
        var rate = Number.Positive("--learning-rate", 3e-3, "The highest step size of the cycle.");
        var seed = Number.Seed("Gives the same parts and the same network again.");
        var threads = Number.Threads();
        var device = Devices.Option();
        var output = Paths.Folder("--out", "runs/train-table", "Gets the model, the numbers, the pictures and the report.");
        var quick = new Option<bool>("--quick") { Description = "Fewer flats and steps: done within a minute." };
        var command = new Command("train-table", "Predict a column of a table of your own: CSV in, a model and a report out.")
        {
            data, target, task, rows, hidden, epochs, batch, rate, seed, threads, device, output, quick,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(data) is { Implicit: false } && result.GetResult(rows) is { Implicit: false })
                result.AddError("--rows is for a table that is drawn; leave it out, or --data");
        });
        command.SetAction((parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            bool small = parsed.GetValue(quick);
            var settings = new TrainTableSettings(
                parsed.GetValue(data), parsed.GetValue(target), Enum.Parse<TableTask>(parsed.GetRequiredValue(task), ignoreCase: true), small && !parsed.Has(rows) ? 800 : parsed.GetValue(rows),
                parsed.GetValue(hidden), small ? 600 : 4000, parsed.GetValue(epochs), parsed.GetValue(batch), parsed.GetValue(rate), parsed.GetValue(seed), Threads.Count) { Device = parsed.GetRequiredValue(device) };
            var job = new TrainTableJob(settings, parsed.GetRequiredValue(output), new Story());
            return Task.FromResult(job.Run(cancel) ? Tool.Ok : Tool.Interrupted);
        });
        return command;
    }
}
