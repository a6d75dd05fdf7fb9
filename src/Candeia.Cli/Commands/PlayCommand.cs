using System.CommandLine;
using Candeia.Experiments;

namespace Candeia.Cli;

/// <summary><c>candeia play</c>: the game against a network.</summary>
static class PlayCommand
{
    public static Command Create()
    {
        var model = Paths.Optional("--model", "DIR", "A folder or a model.safetensors of guess-the-correlation; runs/guess-the-correlation without it.");
        var port = Ports.Create(8081);
        var threads = Number.Threads();
        var command = new Command("play", "Guess correlations against a network, on a page in the browser.") { model, port, threads };
        command.SetAction(async (parsed, cancel) =>
        {
            Threads.Count = parsed.GetValue(threads);
            string file = GameJob.Network(parsed.GetValue(model), Path.Combine("runs", "guess-the-correlation"));
            await GameJob.RunAsync(file, parsed.GetValue(port), Screen.Show, cancel);
        });
        return command;
    }
}
