using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Text;

/// <summary>What stands in the file of a tokenizer.</summary>
/// <param name="Format">What kind of file this is.</param>
/// <param name="Kind">Which tokenizer it is.</param>
/// <param name="Lowercase">Whether one of words writes texts small.</param>
/// <param name="Words">The vocabulary, where it is not known to everybody.</param>
internal sealed record SavedTokenizer(string Format, string Kind, bool Lowercase = false, IReadOnlyList<string>? Words = null);

/// <summary>Tokenizers as JSON.</summary>
[JsonSerializable(typeof(SavedTokenizer))]
internal sealed partial class TokenizerJson : JsonSerializerContext
{
    const string Version = "candeia tokenizer 1", Characters = "characters", WordKind = "words", Gpt2 = "gpt2";

    static TokenizerJson Plain => field ??= new(SavedText.Rules());

    /// <exception cref="NotSupportedException">The tokenizer comes from files of its own.</exception>
    public static byte[] ToJson(ITokenizer tokenizer) => JsonSerializer.SerializeToUtf8Bytes(Saved(tokenizer), Plain.SavedTokenizer);

    /// <exception cref="NotSupportedException">The tokenizer comes from files of its own.</exception>
    public static SavedTokenizer Saved(ITokenizer tokenizer) => tokenizer switch
    {
        CharacterTokenizer t => new(Version, Characters, Words: [.. t.Vocabulary]),
        WordTokenizer t => new(Version, WordKind, t.Lowercase, [.. t.Vocabulary]),
        SubwordTokenizer { IsGpt2: true } => new(Version, Gpt2),
        _ => throw new NotSupportedException($"A {tokenizer.GetType().Name} is not saved: keep the files that it was made of beside the model."),
    };

    /// <exception cref="TokenizerException">The file is missing, damaged, or something else.</exception>
    public static ITokenizer Read(string path) => Made(path, SavedText.Read(path, Plain.SavedTokenizer, "tokenizer"));

    /// <summary>What a file describes.</summary>
    /// <exception cref="TokenizerException">It describes something else.</exception>
    public static ITokenizer Made(string path, SavedTokenizer saved)
    {
        if (saved.Format != Version) throw SavedText.Broken(path, "tokenizer", $"its format is not \"{Version}\"");
        Vocabulary Words() => SavedText.Vocabulary(path, saved.Words ?? throw SavedText.Broken(path, "tokenizer", "it has no words"));
        return saved.Kind switch
        {
            Characters => new CharacterTokenizer(Words()),
            WordKind => new WordTokenizer(Words(), saved.Lowercase),
            Gpt2 => SubwordTokenizer.Gpt2(),
            _ => throw SavedText.Broken(path, "tokenizer", $"its kind is none of {Characters}, {WordKind} and {Gpt2}"),
        };
    }
}
