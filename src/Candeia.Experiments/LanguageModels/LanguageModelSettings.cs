using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>The options of the language model that decide its result.</summary>
/// <param name="TextFile">The file that it learns from; null draws tales.</param>
/// <param name="Characters">How many characters of tales are drawn.</param>
/// <param name="Layers">How many blocks the network has.</param>
/// <param name="Heads">How many heads each attention has.</param>
/// <param name="Width">How many numbers describe a character on its way.</param>
/// <param name="Context">How many characters it sees at once.</param>
/// <param name="Dropout">How likely a number is dropped in training.</param>
/// <param name="BatchSize">Pieces of text per step.</param>
/// <param name="Steps">Steps of training in all.</param>
/// <param name="Epochs">In how many parts they are divided; after each the model is measured, and writes something.</param>
/// <param name="LearningRate">The largest step size of the optimizer.</param>
/// <param name="Seed">Gives the same text and the same model again.</param>
/// <param name="Threads">Threads that compute; they decide only the time.</param>
sealed record LanguageModelSettings(
    string? TextFile, int Characters, int Layers, int Heads, int Width, int Context, double Dropout, int BatchSize, int Steps, int Epochs, double LearningRate, ulong Seed,
    [property: JsonIgnore] int Threads)
{
    /// <summary>Where it learns.</summary>
    public string Device { get; init; } = "cpu";
}
