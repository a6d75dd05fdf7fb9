using System.Text.RegularExpressions;

namespace Candeia.Cli.Tests;

/// <summary>docs/training.md: its code is compiled and runs, and its table knows every name that it mentions.</summary>
[Collection(nameof(Alone))]
public sealed partial class TrainingGuideTests
{
    static readonly string s_page = Documents.Read("docs", "training.md");

    [Fact]
    public void Its_code_is_what_runs_here()
    {
        string compiled = Documents.Normal(Documents.Read("tests", "Candeia.Cli.Tests", "Tutorials", "TrainingGuide.cs"));
        string[] blocks = Documents.CSharp(s_page);
        Assert.True(blocks.Length >= 8);
        Assert.All(blocks, block => Assert.Contains(Documents.Normal(block), compiled, StringComparison.Ordinal));
    }

    [Fact]
    public void It_runs_from_the_first_line_to_the_last()
    {
        string before = Directory.GetCurrentDirectory(), folder = Directory.CreateTempSubdirectory("candeia-").FullName;
        var output = Console.Out;
        List<string> done = [];
        try
        {
            Directory.SetCurrentDirectory(folder);
            Console.SetOut(TextWriter.Null);
            TrainingGuide.Run(done.Add);
            Assert.All(["history.csv", "loss.svg", "confusion.svg", "learning-rate.svg", "schedule.svg", "runs/log.csv"], file => Assert.True(File.Exists(file), file));
        }
        finally
        {
            Console.SetOut(output);
            Directory.SetCurrentDirectory(before);
            Directory.Delete(folder, recursive: true);
        }
        Assert.Equal(["fit", "siamese", "look", "confusion", "rate", "callbacks", "around", "checks", "choose", "save", "more", "resume"], done);
    }

    [Fact]
    public void The_types_that_it_names_exist()
    {
        string api = string.Concat(Directory.GetFiles(Path.Combine(Documents.Root, "docs", "api")).Select(File.ReadAllText));
        var ours = s_page.Split('\n').Select(line => line.StartsWith('|') ? line.Split('|')[^2] : line);       // the last column of a table
        string[] missing = [.. ours.SelectMany(text => Named().Matches(text)).Select(m => m.Groups[1].Value).Distinct().Where(name => !Regex.IsMatch(api, $@"\b{name}\b"))];
        Assert.Empty(missing);
    }

    /// <summary>Words in code style that begin like a type or a method: `Name` or `new Name(` or `x.Name(`.</summary>
    [GeneratedRegex(@"`(?:new |[a-z]+\.)?([A-Z][A-Za-z0-9]+)[^`]*`")]
    private static partial Regex Named();
}
