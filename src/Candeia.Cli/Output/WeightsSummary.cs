using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Cli;

/// <summary>What is in a file of tensors, for people and for programs.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Format">What it is.</param>
/// <param name="Count">How many tensors.</param>
/// <param name="Numbers">How many numbers in all of them.</param>
/// <param name="Bytes">How many bytes these take.</param>
/// <param name="Metadata">Texts beside them.</param>
/// <param name="Tensors">Each of them.</param>
sealed record WeightsSummary(string File, string Format, int Count, long Numbers, long Bytes, IReadOnlyDictionary<string, string> Metadata, WeightsRow[] Tensors)
{
    public static WeightsSummary Of(TensorFile file) => new(
        file.Path, file.Format, file.Entries.Length, file.Entries.Sum(e => e.Numel), file.Entries.Sum(e => e.Bytes), file.Metadata,
        [.. file.Entries.Select(e => new WeightsRow(e.Name, e.Type, [.. e.Shape], e.Bytes))]);

    public string ToJson() => JsonSerializer.Serialize(this, WeightsJson.Plain.WeightsSummary);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} tensors, {Numbers} numbers, {Bytes} bytes, {Format}");
}

/// <summary>One tensor.</summary>
sealed record WeightsRow(string Name, string Type, long[] Shape, long Bytes);

/// <summary>How they are written as JSON: like all results of the tool.</summary>
[JsonSerializable(typeof(WeightsSummary))]
sealed partial class WeightsJson : JsonSerializerContext
{
    public static WeightsJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
