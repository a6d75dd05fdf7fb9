using System.CommandLine;
using Candeia.Experiments;

namespace Candeia.Cli;

/// <summary>Options that are there or not.</summary>
static class Flags
{
    /// <summary>Whether a program will read the output.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Write the result as JSON." };

    /// <summary>Whether the user has set an option, or it has its default.</summary>
    public static bool Has(this ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };
}
