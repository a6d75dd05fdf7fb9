using System.Text.RegularExpressions;
using Candeia.Datasets;
using Candeia.Experiments;
using Spectre.Console;

namespace Candeia.Cli.Tests;

/// <summary>What trainings say while they run and at the end fits the window, whatever its width.</summary>
[Collection(nameof(Here))]
public sealed partial class TrainingScreenTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, int> Trainings
    {
        get
        {
            var all = new TheoryData<string, int>();
            foreach (string job in (string[])["guess", "table", "images", "series", "texts", "language", "what-if"]) foreach (int columns in (int[])[40, 60, 120]) all.Add(job, columns);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void No_line_is_wider_than_the_window(string job, int columns)
    {
        using var said = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(said) });
        console.Profile.Width = columns;
        Train(job, new Story(console, new Training.Progress(said, columns)));
        string all = Colour().Replace(said.ToString(), "");
        // The bar is drawn over and over in one line, whose last column stays empty.
        string[] bars = [.. all.Split('\n').SelectMany(l => l.Split('\r', StringSplitOptions.RemoveEmptyEntries).SkipLast(1))];
        Assert.All(bars, b => Assert.InRange(b.Length, 1, columns - 1));
        string[] lines = [.. all.Split('\n').Select(l => l.TrimEnd('\r').Split('\r')[^1])];
        Assert.True(lines.Length > 10, all);
        // A path has no blank to be broken at: in a narrow window it may go on in the next line.
        Assert.All(lines, l => Assert.InRange(l.Length, 0, columns));
        if (job == "guess") Assert.All(lines.Where(l => Correlations().IsMatch(l)), l => Assert.Equal(columns < 60 ? 4 : 8, l.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length));
        if (job != "table") Assert.Contains(bars, b => b.Contains("left", StringComparison.Ordinal) || columns < 60);
    }

    void Train(string job, Story story)
    {
        string outFolder = _folder["out"];
        bool done = job switch
        {
            "guess" => new GuessTheCorrelationJob(new("tutorial", "generate", 32, 8, 8, 1, 8, 1e-3, 3, 1), _folder["data"], outFolder, story).Run(default),
            "table" => new TrainTableJob(new(null, null, TableTask.Auto, 60, 8, 20, null, 16, 1e-3, 3, 1), outFolder, story).Run(default),
            "images" => new TrainImagesJob(new(null, "small_resnet", null, 0, 1, 32, 32, 1e-3, 96, 3, 1), outFolder, story).Run(default),
            "series" => new TimeSeriesJob(new(null, null, 6, 168, 24, 24, 4, 1, 64, 1e-3, 0.9, 3, 1), outFolder, story).Run(default),
            "texts" => new TextClassificationJob(new("drawn", 60, 20, 20, 1, 16, 1e-3, 50, 500, 3, 1), _folder["data"], outFolder, story).Run(default),
            "language" => new LanguageModelJob(new(null, 4000, 1, 1, 8, 16, 0, 8, 12, 2, 1e-3, 3, 1), outFolder, story).Run(default),
            _ => new WhatIfJob(new("generate", 16, 8, 8, 1, 8, 1e-3, 3), AllExperiments.Named(["linear"], hasGraphics: false), _folder["data"], null, outFolder, story).Run(null, default).Count > 0,
        };
        Assert.True(done);
    }

    [Theory]
    [InlineData("Data", 60, "1  Data")]
    [InlineData("longer: what if it learns longer than it did", 24, "1  longer: what if it", "   learns longer than", "   it did")]
    public void A_step_goes_on_beside_its_number(string title, int columns, params string[] expected)
    {
        using var said = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(said) });
        console.Profile.Width = columns;
        new Story(console).Step(title);
        Assert.Equal(expected, said.ToString().Trim().ReplaceLineEndings("\n").Split('\n'));
    }

    [Theory]
    [InlineData(10, "one two three four\n\nfive", "one two", "three four", "", "five")]
    [InlineData(10, "a bbbbbbbbbbbbbbb c", "a", "bbbbbbbbbb", "bbbbb c")]
    [InlineData(3, "one two", "one", "two")]
    [InlineData(int.MaxValue, "one two  three", "one two  three")]
    public void A_text_that_comes_letter_by_letter_breaks_between_words(int columns, string text, params string[] expected)
    {
        using var said = new StringWriter();
        var flow = new Flow(said, columns);
        foreach (char letter in text) flow.Add($"{letter}");
        flow.End();
        Assert.Equal(expected, said.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(l => l.TrimEnd(' ')));
    }

    [Fact]
    public void How_data_come_on_stays_in_its_line()
    {
        var progress = new DataProgress(DataStage.Generating, 19_999, 20_000);
        Assert.Equal("   Generating 19,999 of 20,000 images", DataProgressLine.Line(progress, 40));
        Assert.Equal("   Generating 19,999 of", DataProgressLine.Line(progress, 24));
        Assert.Equal("", DataProgressLine.Line(progress, 0));
    }

    [GeneratedRegex("^( +-?[01]\\.\\d\\d)+$")]
    private static partial Regex Correlations();

    [GeneratedRegex("\\e\\[[0-9;]*m")]
    private static partial Regex Colour();
}
