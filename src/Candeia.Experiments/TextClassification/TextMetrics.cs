namespace Candeia.Experiments;

/// <summary>How well a network did.</summary>
/// <param name="Network">Which one.</param>
/// <param name="Accuracy">The share of the test that is taken for what it is.</param>
/// <param name="F1">The mean of the classes' F1.</param>
/// <param name="Parameters">How many numbers it has learnt.</param>
/// <param name="Seconds">How long it learnt.</param>
/// <param name="Epochs">The losses, epoch by epoch.</param>
sealed record TextScore(string Network, double Accuracy, double F1, long Parameters, double Seconds, IReadOnlyList<EpochLoss> Epochs);

/// <summary>The content of <c>metrics.json</c>.</summary>
/// <param name="Best">The network that is best on the validation texts, and saved.</param>
/// <param name="Scores">All networks on the test.</param>
/// <param name="Classes">The names of the classes.</param>
/// <param name="Train">How many texts were learnt from.</param>
/// <param name="Test">How many were judged on.</param>
/// <param name="Words">How many words are known.</param>
/// <param name="Unknown">The share of the test's words that are not.</param>
/// <param name="Seconds">The whole job.</param>
/// <param name="Seed">Gives the same networks again.</param>
/// <param name="Stopped">Whether the user stopped it.</param>
/// <param name="Settings">The options of the job.</param>
/// <param name="Versions">What it was made with.</param>
/// <param name="Machine">What it ran on.</param>
sealed record TextMetrics(
    string Best, IReadOnlyList<TextScore> Scores, IReadOnlyList<string> Classes, int Train, int Test, int Words, double Unknown, double Seconds, ulong Seed, bool Stopped,
    TextSettings Settings, Versions Versions, Machine Machine);
