using System.Text.RegularExpressions;

namespace Candeia.Cli.Tests;

/// <summary>The second tutorial: the program asks its questions, and the page tells of this program.</summary>
public sealed partial class WhatIfTutorialTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("candeia-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_program_asks_all_its_questions()
    {
        string said = Tutorial.Run("WhatIf", _folder, "60", "1");
        string[] questions = ["The tutorial", "Linear layers only", "Drawn digits", "Strong or weak", "SGD", "RMSprop", "One cycle", "Dropout",
            "Batch norm", "Both", "Mirrored", "Float64"];
        var lines = said.Split('\n').Where(line => line.Contains("test loss", StringComparison.Ordinal)).ToArray();
        Assert.Equal(questions.Length, lines.Length);
        foreach (var (question, line) in questions.Zip(lines))
        {
            Assert.StartsWith(question, line, StringComparison.Ordinal);
            Assert.Matches(@"test loss \d+\.\d+, (mae|accuracy) \d", line);
        }
        Assert.Contains("device of the last learner is cpu", said, StringComparison.Ordinal);
    }

    [Fact]
    public void The_code_of_the_page_is_that_of_the_program()
    {
        string program = Documents.Normal(Documents.Read("tutorials", "what-if.cs"));
        string[] blocks = Documents.CSharp(Documents.Read("docs", "what-if.md"));
        Assert.True(blocks.Length >= 10);
        Assert.All(blocks, block => Assert.Contains(Documents.Normal(block), program, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_has_a_place_for_the_answer_to_every_experiment()
    {
        string page = Documents.Read("docs", "what-if.md");
        string[] marks = [.. Mark().Matches(page).Select(m => m.Groups[1].Value)];
        Assert.Equal(AllExperiments.List.Select(e => e.Name).Order(StringComparer.Ordinal), marks.Order(StringComparer.Ordinal));
        foreach (Match link in Link().Matches(page))
            Assert.True(File.Exists(Path.Combine(Documents.Root, "docs", link.Groups[1].Value)), link.Value);
    }

    [GeneratedRegex(@"<!-- answer: ([a-z-]+) -->.*?<!-- end -->", RegexOptions.Singleline)]
    private static partial Regex Mark();

    [GeneratedRegex(@"!\[[^\]]*\]\(([^)]+)\)")]
    private static partial Regex Link();
}
