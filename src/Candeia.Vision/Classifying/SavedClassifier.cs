using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Vision;

/// <summary>What stands beside the weights of a saved classifier.</summary>
/// <param name="Format">What kind of file this is.</param>
/// <param name="Model">The name of the network.</param>
/// <param name="Size">Rows and columns of what it sees.</param>
/// <param name="Classes">The names of the classes.</param>
internal sealed record SavedClassifier(string Format, string Model, int Size, IReadOnlyList<string> Classes)
{
    public const string Version = "candeia classifier 1", File = "classifier.json", Weights = "model.safetensors";
    const long MostBytes = 16 << 20;

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ClassifierJson.Plain.SavedClassifier);

    /// <exception cref="FormatException">The file is damaged, or something else.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SavedClassifier Read(string path)
    {
        try
        {
            var saved = JsonSerializer.Deserialize(OrdinaryFile.ReadAllBytes(path, MostBytes), ClassifierJson.Plain.SavedClassifier);
            string? fault = saved is null || saved.Format != Version ? $"its format is not \"{Version}\""
                : !VisionModels.Names.Contains(saved.Model) ? $"there is no network '{saved.Model}'"
                : saved.Classes is not { Count: > 0 and <= 1_000_000 } || saved.Classes.Any(c => c is null) ? "it names no classes"
                : saved.Size is < 16 or > 4096 ? $"no network sees pictures of {saved.Size} pixels" : null;
            return fault is null ? saved! : throw new FormatException($"'{path}' does not describe a classifier: {fault}.");
        }
        catch (JsonException fault)
        {
            throw new FormatException($"'{path}' does not describe a classifier: line {fault.LineNumber + 1} is not as expected.", fault);
        }
    }
}

/// <summary>snake_case names, indented, no reflection.</summary>
[JsonSerializable(typeof(SavedClassifier))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
internal sealed partial class ClassifierJson : JsonSerializerContext
{
    public static ClassifierJson Plain => Default;
}
