using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Training;

/// <summary>What stands beside saved weights as JSON, by the rules of <see cref="HistoryJson"/>.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = 8)]
[JsonSerializable(typeof(SavedTraining))]
internal sealed partial class SavedJson : JsonSerializerContext;
