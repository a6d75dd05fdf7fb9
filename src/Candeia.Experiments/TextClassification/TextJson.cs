using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>How the results of the text classification are written, by the rules of <see cref="Json"/>.</summary>
[JsonSerializable(typeof(TextMetrics))]
[JsonSerializable(typeof(List<ClassifiedText>))]
sealed partial class TextJson : JsonSerializerContext
{
    /// <summary>For files and terminals.</summary>
    public static TextJson Plain { get; } = new(Json.Rules);
}
