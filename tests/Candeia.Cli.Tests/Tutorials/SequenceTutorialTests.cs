using System.Globalization;
using System.Text.RegularExpressions;

namespace Candeia.Cli.Tests;

/// <summary>The tutorials on texts and time series do what they say, and their pages show their code.</summary>
public sealed partial class SequenceTutorialTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("candeia-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_little_GPT_learns_to_write()
    {
        string said = Tutorial.Run("LanguageModel", _folder, "--quick");
        var bits = Held().Match(said);
        Assert.InRange(Number(bits.Groups[1].Value), 0.2, 0.8 * Number(bits.Groups[2].Value));
        Assert.Equal(4, Regex.Count(said, "At temperature"));
        Assert.True(File.Exists(Path.Combine(_folder, "little-gpt", "model.safetensors")));
    }

    [Fact]
    public void The_LSTM_is_nearer_to_what_comes_than_the_week_before()
    {
        string said = Tutorial.Run("TimeSeries", _folder, "--quick");
        var errors = Errors().Match(said);
        Assert.True(Number(errors.Groups[3].Value) < Number(errors.Groups[1].Value), said);
        Assert.InRange(Number(Inside().Match(said).Groups[1].Value), 60, 95);
        Assert.True(File.Exists(Path.Combine(_folder, "time-series.svg")));
    }

    [Theory]
    [InlineData("language-model"), InlineData("time-series")]
    public void The_page_shows_code_of_the_program(string name)
    {
        string program = Documents.Normal(Documents.Read("tutorials", $"{name}.cs"));
        string[] blocks = Documents.CSharp(Documents.Read("docs", $"{name}.md"));
        Assert.True(blocks.Length >= 4);
        Assert.All(blocks, block => Assert.Contains(Documents.Normal(block), program, StringComparison.Ordinal));
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Held back: ([\d.]+) bits per character; a guess at random needs ([\d.]+)")]
    private static partial Regex Held();

    [GeneratedRegex(@"week ago ([\d.]+), linear ([\d.]+), LSTM ([\d.]+)")]
    private static partial Regex Errors();

    [GeneratedRegex(@"([\d.]+) ?% of what came")]
    private static partial Regex Inside();
}
