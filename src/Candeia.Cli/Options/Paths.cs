using System.CommandLine;

namespace Candeia.Cli;

/// <summary>Options that name a file or a folder.</summary>
static class Paths
{
    /// <summary>A folder with a default place.</summary>
    public static Option<string> Folder(string name, string fallback, string description) =>
        new(name) { Description = description, HelpName = "DIR", DefaultValueFactory = _ => fallback };

    /// <summary>A folder that must be named.</summary>
    public static Option<string> Folder(string name, string description) => new(name) { Description = description, HelpName = "DIR", Required = true };

    /// <summary>A file that must be named.</summary>
    public static Option<string> File(string name, string description) => new(name) { Description = description, HelpName = "FILE", Required = true };
}
