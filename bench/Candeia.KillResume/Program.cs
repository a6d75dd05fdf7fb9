using System.Globalization;

namespace Candeia.KillResume;

/// <summary>
/// Kills a training process with SIGKILL at random moments and checks that it comes to the same bits as one that was left alone, and that there never
/// is half a file: <c>eng/kill-resume.sh 50</c>.
/// </summary>
static class Program
{
    static int Main(string[] args)
    {
        switch (args)
        {
            case ["train", var folder]:
                Experiment.Run(folder);
                return 0;
            case ["kill", var times, .. var seed] when int.TryParse(times, NumberStyles.None, CultureInfo.InvariantCulture, out int count):
                return Killing.Run(count, seed is [var text] ? ulong.Parse(text, CultureInfo.InvariantCulture) : (ulong)Environment.TickCount64);
            default:
                Console.Error.WriteLine("kill <times> [<seed>]: kills a training so many times; train <folder>: trains, or goes on.");
                return 2;
        }
    }
}
