using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Training;

/// <summary>Histories as JSON. Numbers keep all their bits; NaN and the infinities are written as texts.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = 8)]
[JsonSerializable(typeof(History))]
internal sealed partial class HistoryJson : JsonSerializerContext
{
    public static string Write(History history) => JsonSerializer.Serialize(history, Default.History);

    /// <exception cref="CheckpointException">The text is not a history.</exception>
    public static History Read(string text, string source)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Default.History) is { } history && history.Epochs.All(e => e is not null)
                ? history : throw new CheckpointException($"{source} holds no history of a training.");
        }
        catch (JsonException e)
        {
            throw new CheckpointException($"{source} holds no history of a training: line {e.LineNumber + 1}, byte {e.BytePositionInLine} is not as expected.", e);
        }
    }
}
