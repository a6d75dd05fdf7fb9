using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Text;

/// <summary>What stands beside the weights of a classifier.</summary>
/// <param name="Format">What kind of file this is.</param>
/// <param name="TokenizerSha256">Which tokenizer belongs to it.</param>
/// <param name="Config">What the network is.</param>
internal sealed record SavedClassifier(string Format, string TokenizerSha256, TextClassifierConfig Config);

/// <summary>Classifiers as JSON.</summary>
[JsonSerializable(typeof(SavedClassifier))]
internal sealed partial class ClassifierJson : JsonSerializerContext
{
    const string Version = "candeia text classifier 1";

    static ClassifierJson Plain => field ??= new(SavedText.Rules());

    public static byte[] ToJson(TextClassifierConfig config, string tokenizer) =>
        JsonSerializer.SerializeToUtf8Bytes(new(Version, tokenizer, config), Plain.SavedClassifier);

    /// <exception cref="TokenizerException">The file is missing, damaged, or something else.</exception>
    public static (TextClassifierConfig Config, string Tokenizer) Read(string path)
    {
        var saved = SavedText.Read(path, Plain.SavedClassifier, "classifier");
        if (saved.Format != Version) throw SavedText.Broken(path, "classifier", $"its format is not \"{Version}\"");
        return saved.Config.Fault is { } fault ? throw SavedText.Broken(path, "classifier", fault) : (saved.Config, saved.TokenizerSha256);
    }
}
