using System.CommandLine;
using Candeia.Distributed;

namespace Candeia.Cli;

/// <summary><c>candeia cluster</c>: which MPI there is, and who talks with whom.</summary>
static class ClusterCommand
{
    public static Command Create()
    {
        var command = new Command("cluster", "Say which MPI is installed, and under mpirun which ranks there are, where, and how fast they add up.");
        command.SetAction(_ =>
        {
            foreach (string line in Cluster.Describe(World.Ranks)) Screen.Say(Failure.OneLine(line));
        });
        return command;
    }
}
