using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Experiments;
using Candeia.NN;

namespace Candeia.Cli.Tests;

/// <summary>The second tutorial: the program asks its questions, and the page tells of this program.</summary>
[Collection(nameof(Here))]
public sealed partial class WhatIfTutorialTests : IDisposable
{
    static readonly Assembly s_program = Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "WhatIf.dll"));

    readonly string _folder = Directory.CreateTempSubdirectory("candeia-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_program_asks_all_its_questions()
    {
        string said = Tutorial.Run("WhatIf", _folder, "24", "1");
        string[] questions = ["The tutorial", "Linear layers only", "Drawn digits, linear", "Drawn digits, conv", "Strong or weak", "SGD", "RMSprop",
            "Steps", "Cosine", "One cycle",
            "Half as many channels again", "Four times the features", "A fourth convolution", "Three times as long", "A quarter", "Twice",
            "Dropout", "Batch norm", "Both", "Eight forms", "Float64", "Without Winograd", "Everything"];
        var lines = said.Split('\n').Where(line => line.Contains("test loss", StringComparison.Ordinal)).ToArray();
        Assert.Equal(questions.Length, lines.Length);
        foreach (var (question, line) in questions.Zip(lines))
        {
            Assert.StartsWith(question, line, StringComparison.Ordinal);
            Assert.Matches(@"test loss \d+\.\d+, (mae|accuracy) \d", line);
        }
        Assert.Contains("Learnt on cpu: ", said, StringComparison.Ordinal);
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
    public void Its_eight_forms_of_a_picture_are_those_of_the_tool()
    {
        var turned = s_program.EntryPoint!.DeclaringType!.GetMethods(BindingFlags.NonPublic | BindingFlags.Static)
            .Single(m => m.Name.Contains("g__Turned|", StringComparison.Ordinal)).CreateDelegate<Func<Sample, Generator, Sample>>();
        var sample = new GuessTheCorrelation(_folder, transform: img => img[..130, 20..150].Unsqueeze(0), count: 1)[0];
        string Text(Sample s) => $"{s.Y.Item()} {Convert.ToHexString(MemoryMarshal.AsBytes<float>(s.X.ToArray<float>()))}";
        string[] forms = [.. Enumerable.Range(0, 8).Select(form => Text(Symmetries.Turn(sample, form))).Order(StringComparer.Ordinal)];
        string before = Text(sample);
        var seen = Enumerable.Range(0, 200).Select(i => Text(turned(sample, new Generator((ulong)i)))).Distinct();
        Assert.Equal(forms, seen.Order(StringComparer.Ordinal));
        Assert.Equal(before, Text(sample));
    }

    [Fact]
    public void Its_last_network_is_that_of_the_best_recipe()
    {
        Layer Fresh(Func<Layer> network)
        {
            Generator.Seed(777);
            return network();
        }
        var theirs = Fresh(Recipe.Best.Network);
        var ours = Fresh(() => (Layer)Activator.CreateInstance(s_program.GetType("MomentNet")!)!);
        Assert.Equal(
            theirs.NamedParameters().Select(p => (p.Name, p.Parameter.Shape)),
            ours.NamedParameters().Select(p => (p.Name, p.Parameter.Shape)));
        var x = new GuessTheCorrelation(_folder, transform: img => img[..130, 20..150].Unsqueeze(0), count: 4).Loader(4).Peek().X;
        Assert.Equal(theirs.Forward(x).ToArray<float>(), ours.Forward(x).ToArray<float>());
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
