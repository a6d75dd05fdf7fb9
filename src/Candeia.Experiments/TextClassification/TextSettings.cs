using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>The options of the text classification that decide its result.</summary>
/// <param name="Data"><c>drawn</c>, <c>imdb</c>, <c>ag-news</c>, or a folder or table of the user's.</param>
/// <param name="Train">How many texts there are at most to learn from.</param>
/// <param name="Valid">How many to watch it on.</param>
/// <param name="Test">How many for the test.</param>
/// <param name="Epochs">Passes over the texts.</param>
/// <param name="BatchSize">Texts per step.</param>
/// <param name="LearningRate">Step size of the optimizer.</param>
/// <param name="MaxLength">How many words of a text are read.</param>
/// <param name="Vocabulary">How many words are known at most.</param>
/// <param name="Seed">Gives the same networks again.</param>
/// <param name="Threads">Decides only the time.</param>
sealed record TextSettings(
    string Data, int Train, int Valid, int Test, int Epochs, int BatchSize, double LearningRate, int MaxLength, int Vocabulary, [property: JsonIgnore] ulong Seed, int Threads)
{
    /// <summary>Where it learns.</summary>
    public string Device { get; init; } = "cpu";
}
