using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Candeia.Onnx;

namespace Candeia.Cli;

/// <summary>What the commands on ONNX files say to programs.</summary>
[JsonSerializable(typeof(OnnxSummary))]
[JsonSerializable(typeof(OnnxTiming))]
sealed partial class OnnxJson : JsonSerializerContext
{
    public static OnnxJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<DType>(JsonNamingPolicy.SnakeCaseLower) },
    });
}

/// <summary>How long a network took.</summary>
/// <param name="MedianMs">Half of the runs took less.</param>
/// <param name="Repeat">How many runs were measured, after one that was not.</param>
/// <param name="Outputs">What was written: name, type and shape.</param>
sealed record OnnxTiming(double MedianMs, int Repeat, IReadOnlyList<string> Outputs);
