using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>The content of <c>metrics.json</c> of a language model.</summary>
/// <param name="BitsPerCharacter">What the model needs for a character of the text that was held back.</param>
/// <param name="Uniform">What it would need if every character were as likely as any other.</param>
/// <param name="Frequencies">What it would need if only the frequencies of the characters were known.</param>
/// <param name="Compressed">What Brotli needs that has seen the training text before.</param>
/// <param name="TrainCharacters">How many characters there were to learn from.</param>
/// <param name="HeldCharacters">How many were held back.</param>
/// <param name="Vocabulary">How many different ones there are.</param>
/// <param name="Parameters">Of the network.</param>
/// <param name="Epochs">The losses in nats per character, part by part of the training.</param>
/// <param name="CharactersPerSecond">How many were learnt from in a second, validation not counted.</param>
/// <param name="Seconds">The whole job.</param>
/// <param name="PeakMemoryBytes">The most memory that the process held.</param>
/// <param name="Stopped">Whether the user stopped the training before its end.</param>
/// <param name="Settings">The options of the job.</param>
/// <param name="Versions">What it was made with.</param>
/// <param name="Machine">What it ran on.</param>
sealed record LanguageModelMetrics(
    double BitsPerCharacter, double Uniform, double Frequencies, double Compressed, int TrainCharacters, int HeldCharacters, int Vocabulary, long Parameters,
    IReadOnlyList<EpochLoss> Epochs, double CharactersPerSecond, double Seconds, long PeakMemoryBytes, bool Stopped, LanguageModelSettings Settings, Versions Versions, Machine Machine);

/// <summary>How they are written as JSON.</summary>
[JsonSerializable(typeof(LanguageModelMetrics))]
sealed partial class LanguageModelJson : JsonSerializerContext
{
    public static LanguageModelJson Plain { get; } = new(Json.Rules);
}
