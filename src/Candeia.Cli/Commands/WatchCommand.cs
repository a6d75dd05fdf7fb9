using System.CommandLine;
using Candeia.Experiments;

namespace Candeia.Cli;

/// <summary><c>candeia watch</c>: trainings in the browser.</summary>
static class WatchCommand
{
    public static Command Create()
    {
        var folder = Paths.Argument("DIR", "A folder with event files in it or below: that of one training, or of many.");
        var port = Ports.Create(8082);
        var command = new Command("watch", "Watch trainings that run, or have ended, on a page in the browser.") { folder, port };
        command.SetAction(async (parsed, cancel) => await WatchJob.RunAsync(parsed.GetRequiredValue(folder), parsed.GetValue(port), Screen.Show, cancel));
        return command;
    }
}
