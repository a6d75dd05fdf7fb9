using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Training;

/// <summary>A history as JSON. Numbers keep all their bits; NaN and the infinities are written as texts.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = 8)]
[JsonSerializable(typeof(History))]
internal sealed partial class HistoryJson : JsonSerializerContext
{
    /// <summary>The same on one line.</summary>
    public static HistoryJson Line => field ??= new(new JsonSerializerOptions(Default.Options) { WriteIndented = false, TypeInfoResolver = null });
}
