using System.CommandLine;

namespace Candeia.Cli;

/// <summary>The option that says at which port a server listens.</summary>
static class Ports
{
    public static Option<int> Create(int fallback) => Number.Whole("--port", fallback, "The port; 0 takes any that is free.", min: 0, max: 65535);
}
