using System.CommandLine;
using Candeia.Experiments;

namespace Candeia.Cli;

/// <summary><c>candeia language-model</c>: the options of a GPT that learns from a text.</summary>
static class LanguageModelCommand
{
    public static Command Create()
    {
        var text = Paths.Optional("--text", "FILE", "A text in UTF-8, a megabyte or more; without it tales are drawn.");
        var characters = Number.Whole("--characters", 400_000, "How many characters of tales are drawn.", min: 1_000, max: 1 << 28);
        var layers = Number.Whole("--layers", 4, "How many blocks the network has.", max: 1_000);
        var heads = Number.Whole("--heads", 4, "How many heads each attention has; they divide the width.", max: 1_000);
        var width = Number.Whole("--width", 128, "How many numbers describe a character on its way.", max: 1 << 16);
        var context = Number.Whole("--context", 64, "How many characters the network sees at once.", max: 1 << 16);
        var dropout = Number.NotNegative("--dropout", 0, "How likely a number is dropped in training; for long trainings on short texts.");
        var batch = Number.Whole("--batch-size", 16, "Pieces of text per step.");
        var steps = Number.Whole("--steps", 2_600, "Steps of training.");
        var epochs = Number.Whole("--epochs", 10, "Into how many parts they are divided: after each the model is measured, and writes something.");
        var rate = Number.Positive("--learning-rate", 2e-3, "The largest step size of AdamW.");
        var seed = Number.Seed("Gives the same text and the same model again.");
        var threads = Number.Threads();
        var device = Devices.Option();
        var output = Paths.Folder("--out", "runs/language-model", "Gets the model, the numbers, the pictures and the report.");
        var quick = new Option<bool>("--quick") { Description = "Less text, a smaller network, fewer steps: done within a minute." };
        var command = new Command("language-model", "Teach a GPT a text, character by character; it writes something while it learns.")
        {
            text, characters, layers, heads, width, context, dropout, batch, steps, epochs, rate, seed, threads, device, output, quick,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(text) is { Implicit: false } && result.GetResult(characters) is { Implicit: false })
                result.AddError("--characters is for tales that are drawn; leave it out, or --text");
            else if (result.GetValue(dropout) >= 1) result.AddError("--dropout must be below 1");
            int Size(Option<int> option, int quickly) => result.GetValue(quick) && result.GetResult(option) is not { Implicit: false } ? quickly : result.GetValue(option);
            if (Size(heads, 2) is > 0 and var divisor && Size(width, 48) is var divided && divided % divisor != 0)
                result.AddError($"{divided} numbers cannot be divided among {divisor} heads; take a --width that is a multiple of --heads");
        });
        command.SetAction((parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            int Size(Option<int> option, int quickly) => parsed.GetValue(quick) && !parsed.Has(option) ? quickly : parsed.GetValue(option);
            var settings = new LanguageModelSettings(
                parsed.GetValue(text), Size(characters, 60_000), Size(layers, 2), Size(heads, 2), Size(width, 48), Size(context, 48), parsed.GetValue(dropout),
                Size(batch, 16), Size(steps, 240), Size(epochs, 3), parsed.GetValue(rate), parsed.GetValue(seed), Threads.Count) { Device = parsed.GetRequiredValue(device) };
            var job = new LanguageModelJob(settings, parsed.GetRequiredValue(output), new Story());
            return Task.FromResult(job.Run(cancel) ? Tool.Ok : Tool.Interrupted);
        });
        return command;
    }
}
