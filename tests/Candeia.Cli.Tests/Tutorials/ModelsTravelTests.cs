using Candeia.Tests;

namespace Candeia.Cli.Tests;

/// <summary>docs/models-travel.md: its code is compiled and runs.</summary>
[Collection(nameof(Alone))]
public sealed class ModelsTravelTests
{
    [Fact]
    public void Its_code_is_what_runs_here()
    {
        string compiled = Documents.Normal(Documents.Read("tests", "Candeia.Cli.Tests", "Tutorials", "ModelsTravel.cs"));
        string[] blocks = Documents.CSharp(Documents.Read("docs", "models-travel.md"));
        Assert.True(blocks.Length >= 7);
        Assert.All(blocks, block => Assert.Contains(Documents.Normal(block), compiled, StringComparison.Ordinal));
    }

    [Fact]
    public void It_runs_from_the_first_line_to_the_last()
    {
        using var folder = new TemporaryFolder();
        string before = Directory.GetCurrentDirectory();
        var output = Console.Out;
        List<string> done = [];
        try
        {
            Directory.SetCurrentDirectory(folder.Path);
            Console.SetOut(TextWriter.Null);
            ModelsTravel.Run(done.Add);
        }
        finally
        {
            Console.SetOut(output);
            Directory.SetCurrentDirectory(before);
        }
        Assert.Equal(["load", "head", "names", "open", "content", "save"], done);
    }
}
