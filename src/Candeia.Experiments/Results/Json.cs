using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Experiments;

/// <summary>How results are written as JSON: snake_case names, indented, no reflection.</summary>
[JsonSerializable(typeof(JobMetrics))]
[JsonSerializable(typeof(Score))]
[JsonSerializable(typeof(StepSpeed))]
[JsonSerializable(typeof(List<ImageCorrelation>))]
sealed partial class Json : JsonSerializerContext
{
    /// <summary>For files and terminals, where nothing but JSON's own signs needs escaping.</summary>
    public static Json Plain { get; } = new(Rules);

    /// <summary>How results are written, whatever they are.</summary>
    public static JsonSerializerOptions Rules => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
