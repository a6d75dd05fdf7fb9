using System.Globalization;
using System.Text.RegularExpressions;

namespace Candeia.Cli.Tests;

/// <summary>The tutorials on a callback and a metric of one's own, on autoencoders and on texts do what they say.</summary>
public sealed partial class ExtensionTutorialTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("candeia-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_callback_stops_when_hardly_an_answer_changes()
    {
        string said = Tutorial.Run("CallbackAndMetric", _folder);
        Assert.Matches(@"Stopped: only 0\.\d % of the answers changed", said);
        var last = Last().Match(said);
        Assert.InRange(int.Parse(last.Groups[1].Value, CultureInfo.InvariantCulture), 5, 59);
        Assert.InRange(double.Parse(last.Groups[2].Value, CultureInfo.InvariantCulture), 95, 100);
    }

    [Fact]
    public void Two_numbers_are_enough_for_a_spot()
    {
        string said = Tutorial.Run("Autoencoder", _folder);
        var errors = Errors().Match(said);
        double error = double.Parse(errors.Groups[1].Value, CultureInfo.InvariantCulture), guess = double.Parse(errors.Groups[2].Value, CultureInfo.InvariantCulture);
        Assert.InRange(error, 0, guess / 20);
        Assert.Contains("from two numbers", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_beats_counting_words()
    {
        string said = Tutorial.Run("TextClassification", _folder);
        var right = Right().Match(said);
        double counts = double.Parse(right.Groups[1].Value, CultureInfo.InvariantCulture), lstm = double.Parse(right.Groups[2].Value, CultureInfo.InvariantCulture);
        Assert.InRange(counts, 45, 75);
        Assert.InRange(lstm, counts + 10, 100);
        Assert.Contains("From the folder: TextClass { Label = ", said, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "runs", "reviews", "tokenizer.json")));
    }

    [GeneratedRegex(@"Counts of words: ([\d.]+) % right\.  LSTM: ([\d.]+) % right\.")]
    private static partial Regex Right();

    [GeneratedRegex(@"(\d+) epochs; accuracy ([\d.]+) %")]
    private static partial Regex Last();

    [GeneratedRegex(@"Error ([\d.]+); who always draws the mean picture has ([\d.]+)\.")]
    private static partial Regex Errors();
}
