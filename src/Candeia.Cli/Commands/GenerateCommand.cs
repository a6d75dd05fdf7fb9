using System.CommandLine;
using Candeia.Experiments;
using Candeia.NN;

namespace Candeia.Cli;

/// <summary><c>candeia generate</c>: a language model goes on with a text, letter by letter on the output.</summary>
static class GenerateCommand
{
    public static Command Create()
    {
        var model = Paths.Folder("--model", "The folder that language-model wrote.");
        var prompt = new Option<string>("--prompt") { Description = "The text to go on from.", HelpName = "TEXT", Required = true };
        var temperature = Number.NotNegative("--temperature", 0.8, "Below 1 likely characters become likelier, above 1 all become more alike; at 0 the likeliest is always taken.");
        var topK = new Option<int?>("--top-k") { Description = "Draw from so many of the likeliest alone; from all unless given.", HelpName = "N" };
        var topP = new Option<double?>("--top-p") { Description = "Draw from the likeliest alone that have together this probability; from all unless given.", HelpName = "P" };
        var penalty = Number.Positive("--repetition-penalty", 1, "Above 1, characters that have occurred become less likely.");
        var length = Number.Whole("--length", 500, "How many characters are made.");
        var seed = Number.Seed("Gives the same text again.");
        var threads = Number.Threads();
        var device = Devices.Option("computes");
        var command = new Command("generate", "Let a language model go on with a text.") { model, prompt, temperature, topK, topP, penalty, length, seed, threads, device };
        Number.Check(topK, k => k >= 1, "a whole number from 1 on");
        Number.Check(topP, p => p is > 0 and <= 1, "a number above 0 and at most 1, such as 0.9");
        prompt.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value.Length: 0 }]) result.AddError("--prompt must have at least one character");
        });
        command.SetAction((parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            var options = new Text.GenerationOptions
            {
                Temperature = parsed.GetValue(temperature), TopK = parsed.GetValue(topK), TopP = parsed.GetValue(topP), RepetitionPenalty = parsed.GetValue(penalty),
                MaxTokens = parsed.GetValue(length), Generator = new(parsed.GetValue(seed)),
            };
            var loaded = LanguageModelFiles.Load(parsed.GetRequiredValue(model));
            loaded.Network.To(Device.Named(parsed.GetRequiredValue(device)));
            Write(loaded, parsed.GetRequiredValue(prompt), options, cancel);
            return Task.CompletedTask;
        });
        return command;
    }

    static void Write(Text.LanguageModel model, string prompt, Text.GenerationOptions options, CancellationToken cancel)
    {
        IEnumerable<string> pieces;
        try
        {
            pieces = model.Generate(prompt, options);
        }
        catch (ArgumentException e)
        {
            throw new UserException(e.Message.Split(" (Parameter")[0], e);
        }
        var flow = new Flow(Console.Out, Screen.Room);
        flow.Add(prompt);
        foreach (string piece in pieces)
        {
            cancel.ThrowIfCancellationRequested();
            flow.Add(piece);
        }
        flow.End();
    }
}
