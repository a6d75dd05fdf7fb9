using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Text;

/// <summary>What stands in the file of a vocabulary.</summary>
/// <param name="Format">What kind of file this is.</param>
/// <param name="Words">The words in the order of their numbers.</param>
internal sealed record SavedVocabulary(string Format, IReadOnlyList<string> Words);

/// <summary>Vocabularies as JSON.</summary>
[JsonSerializable(typeof(SavedVocabulary))]
internal sealed partial class VocabularyJson : JsonSerializerContext
{
    const string Version = "candeia vocabulary 1";

    static VocabularyJson Plain => field ??= new(SavedText.Rules());

    public static byte[] ToJson(Vocabulary vocabulary) => JsonSerializer.SerializeToUtf8Bytes(new(Version, [.. vocabulary]), Plain.SavedVocabulary);

    /// <exception cref="TokenizerException">The file is missing, damaged, or something else.</exception>
    public static Vocabulary Read(string path)
    {
        var saved = SavedText.Read(path, Plain.SavedVocabulary, "vocabulary");
        if (saved.Format != Version) throw SavedText.Broken(path, "vocabulary", $"its format is not \"{Version}\"");
        return SavedText.Vocabulary(path, saved.Words);
    }
}
