using System.Globalization;
using System.Text.RegularExpressions;

namespace Candeia.Cli.Tests;

/// <summary>The tutorials on training do what they say.</summary>
public sealed partial class TrainingTutorialTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("candeia-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_custom_loop_comes_to_the_same_numbers_as_Fit()
    {
        string[][] rows = [.. Tutorial.Run("CustomLoop", _folder).Split('\n').Skip(1).Select(line => line.Replace("%", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(row => row.Length > 3)];
        Assert.Equal(15, rows.Length);
        Assert.All(rows, row => Assert.True(row[1] == row[2] && row[2] == row[3], string.Join(' ', row)));
        Assert.InRange(Number(rows[^1][1]), 95, 100);
    }

    [Fact]
    public void The_artist_of_the_GAN_draws_the_ring()
    {
        string said = Tutorial.Run("Gan", _folder);
        var radius = Radius().Matches(said).Select(m => (Mean: Number(m.Groups[1].Value), Spread: Number(m.Groups[2].Value))).ToArray();
        Assert.Equal(3, radius.Length);
        Assert.True(radius[0].Mean < 1, said);
        Assert.InRange(radius[1].Mean, 1.6, 2.4);
        Assert.InRange(radius[1].Spread, 0, 0.5);
    }

    [Fact]
    public void The_suggested_learning_rate_is_a_good_one_and_better_in_one_cycle()
    {
        string said = Tutorial.Run("LearningRate", _folder);
        double[] losses = [.. Loss().Matches(said).Select(m => Number(m.Groups[1].Value))];
        Assert.Equal(3, losses.Length);
        Assert.True(losses[1] < losses[0] / 2, said);
        Assert.True(losses[2] < losses[1], said);
    }

    static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"mean radius ([\d.]+), its standard deviation ([\d.]+)")]
    private static partial Regex Radius();

    [GeneratedRegex(@"test loss ([\d.]+)")]
    private static partial Regex Loss();
}
