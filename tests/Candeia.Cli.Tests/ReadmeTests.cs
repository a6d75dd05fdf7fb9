using System.CommandLine;

namespace Candeia.Cli.Tests;

public class ReadmeTests
{
    [Fact]
    public void Its_code_is_what_is_compiled_here()
    {
        string compiled = Documents.Normal(Documents.Read("tests", "Candeia.Cli.Tests", "Tutorials", "FirstCode.cs"));
        // The whole program at the beginning is run with the examples of the documentation.
        string[] blocks = [.. Documents.CSharp(Documents.Read("README.md")).Where(b => !b.StartsWith("#:package", StringComparison.Ordinal))];
        Assert.NotEmpty(blocks);
        foreach (string part in blocks.SelectMany(b => b.Split("\n\nsealed "))) Assert.Contains(Documents.Normal(part), compiled, StringComparison.Ordinal);
    }

    [Fact]
    public void It_names_every_command()
    {
        string readme = Documents.Read("README.md");
        string[] commands = [.. Leaves(Cli.Tool.Root(), "")];
        Assert.True(commands.Length >= 7);
        Assert.All(commands, command => Assert.Contains($"| `./run{command}", readme, StringComparison.Ordinal));
    }

    static IEnumerable<string> Leaves(Command command, string path) =>
        command.Subcommands.Count == 0 ? [path] : command.Subcommands.SelectMany(c => Leaves(c, $"{path} {c.Name}"));
}
