using System.Text.Json;

namespace Candeia;

/// <summary>The settings of a model, as <c>config.json</c> in a folder of Hugging Face has them: sizes, names, rates.</summary>
/// <example><code>
/// WholeFile.Write("model/config.json", """{"model_type": "bert", "hidden_size": 384, "layer_norm_eps": 1e-12}""");
/// var config = ModelConfig.Load("model");
/// Console.WriteLine($"{config.Text("model_type")}: {config.Whole("hidden_size")}"); // → bert: 384
/// </code></example>
public sealed class ModelConfig
{
    const int MostBytes = 1 << 24;
    readonly string _source;

    ModelConfig(string source, JsonElement root) => (_source, Root) = (source, root);

    /// <summary>All of it.</summary>
    public JsonElement Root { get; }

    /// <summary>Reads the settings of a folder, or a file of such settings.</summary>
    /// <exception cref="TensorFileException">It is no JSON object.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ModelConfig Load(string path)
    {
        if (Directory.Exists(path)) path = Path.Combine(path, "config.json");
        try
        {
            using var json = JsonDocument.Parse(OrdinaryFile.ReadAllBytes(path, MostBytes), new JsonDocumentOptions { MaxDepth = 64 });
            if (json.RootElement.ValueKind == JsonValueKind.Object) return new(path, json.RootElement.Clone());
        }
        catch (JsonException e)
        {
            throw new TensorFileException($"{path}: the settings are no valid JSON at line {e.LineNumber + 1}.", e);
        }
        throw new TensorFileException($"{path}: the settings are no JSON object.");
    }

    /// <summary>Whether there is a setting of this name that is not null.</summary>
    public bool Has(string name) => Root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A whole number.</summary>
    /// <exception cref="TensorFileException">There is none of this name, or it is something else.</exception>
    public int Whole(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int whole) ? whole : throw Wrong(name, "a whole number");

    /// <summary>A number.</summary>
    /// <exception cref="TensorFileException">There is none of this name, or it is something else.</exception>
    public double Number(string name) => Find(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : throw Wrong(name, "a number");

    /// <summary>A text.</summary>
    /// <exception cref="TensorFileException">There is none of this name, or it is something else.</exception>
    public string Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString()! : throw Wrong(name, "a text");

    /// <summary>True or false.</summary>
    /// <exception cref="TensorFileException">There is none of this name, or it is something else.</exception>
    public bool Truth(string name) => Find(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : throw Wrong(name, "true or false");

    JsonElement? Find(string name) => Root.TryGetProperty(name, out var value) ? value : null;

    TensorFileException Wrong(string name, string what) =>
        new($"{_source}: {TensorFileException.Quote(name)} should be {what}, but {(Find(name) is { } value ? $"is {value.ValueKind}" : "is not there")}.");
}
