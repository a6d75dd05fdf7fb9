using System.Globalization;
using System.Text.RegularExpressions;

namespace Candeia.Cli.Tests;

/// <summary>The first tutorial: the program does what it says, and the page tells of this program.</summary>
public sealed partial class GuessTheCorrelationTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("candeia-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_program_runs_small_and_learns()
    {
        string said = Tutorial.Run("GuessTheCorrelation", _folder, "--quick");
        Assert.Contains("300 items to learn from, 150 to validate, 150 for the test.", said, StringComparison.Ordinal);
        Assert.Contains("x has the shape [16, 1, 130, 130] and y has [16].", said, StringComparison.Ordinal);
        Assert.DoesNotContain("\e", said, StringComparison.Ordinal);
        Assert.Contains("3,304,193 parameters", said, StringComparison.Ordinal);

        double[] losses = [.. TrainLoss().Matches(said).Select(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(5, losses.Length);
        Assert.True(losses[^1] < losses[0], said);

        string output = Path.Combine(_folder, "runs", "tutorial");
        string[] files = [.. Directory.EnumerateFiles(output).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];
        Assert.Equal(["batch.png", "history.svg", "predictions.svg"], files);
        var picture = Images.Image.Load(Path.Combine(output, "batch.png"));
        Assert.True(picture is { Width: > 8 * 130, Height: > 2 * 130 }, picture.ToString());
    }

    [Fact]
    public void The_code_of_the_page_is_that_of_the_program()
    {
        string program = Documents.Normal(Documents.Read("tutorials", "guess-the-correlation.cs"));
        string[] blocks = Documents.CSharp(Documents.Read("docs", "guess-the-correlation.md"));
        Assert.True(blocks.Length >= 7);
        Assert.All(blocks, block => Assert.Contains(Documents.Normal(block), program, StringComparison.Ordinal));
    }

    [Fact]
    public void The_pictures_of_the_page_are_there()
    {
        var pictures = Link().Matches(Documents.Read("docs", "guess-the-correlation.md")).Select(link => link.Groups[1].Value).ToArray();
        Assert.Equal(3, pictures.Length);
        Assert.All(pictures, picture => Assert.True(File.Exists(Path.Combine(Documents.Root, "docs", picture)), picture));
    }

    [GeneratedRegex(@"train loss +([\d.E-]+)")]
    private static partial Regex TrainLoss();

    [GeneratedRegex(@"!\[[^\]]*\]\(([^)]+)\)")]
    private static partial Regex Link();
}
