using System.Globalization;
using Candeia.Cli;
using Candeia.KillResume;

namespace Candeia.Platforms;

/// <summary>
/// What <c>eng/platforms.sh</c> runs on systems and processors other than this one. Whatever is none of these words is a command of the tool:
/// <c>candeia predict …</c>.
/// </summary>
static class Program
{
    static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["registers"]:
                Console.WriteLine(Experiments.Machine.Here().Vectors);
                return 0;
            case ["hash", var path]:
                Console.WriteLine(Hash.Of(path));
                return 0;
            case ["ops", var file]:
                Ops.Save(file);
                return 0;
            case ["train", var folder]:
                Experiment.Run(folder);
                return 0;
            case ["train", var folder, "--killed-after", var batches]:
                Experiment.Run(folder, new Killed(int.Parse(batches, CultureInfo.InvariantCulture)));
                return 0;
            case ["files", var folder]:
                return Files.Check(folder) ? 0 : 1;
            case ["interrupted", var folder, .. var command]:
                Interrupted.Once(folder);
                return await Tool.RunAsync(command);
            case ["compare", var one, var other, .. var within] when within is [] or ["--within", _]:
                return Compare.Run(one, other, within is [_, var most] ? double.Parse(most, CultureInfo.InvariantCulture) : 0) ? 0 : 1;
            default:
                return await Tool.RunAsync(args);
        }
    }
}
