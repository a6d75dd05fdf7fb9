using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Training;

/// <summary>A history as JSON. Numbers keep all their bits; NaN and the infinities are written as texts.</summary>
/// <remarks>
/// The rules are given when a context is made, and not by an attribute: the SDK's generator has been seen to compile the attribute away, and a file
/// with other names, or none at all for a loss that is no number, is found out only by who reads it.
/// </remarks>
[JsonSerializable(typeof(History))]
internal sealed partial class HistoryJson : JsonSerializerContext
{
    /// <summary>For a file of its own.</summary>
    public static HistoryJson Indented => field ??= new(Rules(indented: true));

    /// <summary>The same on one line.</summary>
    public static HistoryJson Line => field ??= new(Rules(indented: false));

    /// <summary>How everything of a training is written as JSON.</summary>
    public static JsonSerializerOptions Rules(bool indented) => new()
    {
        WriteIndented = indented, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IgnoreReadOnlyProperties = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, MaxDepth = 8,
    };
}
