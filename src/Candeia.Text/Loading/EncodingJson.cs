using System.Text.Json;
using System.Text.Json.Serialization;

namespace Candeia.Text;

/// <summary>What stands in the file of an encoding.</summary>
/// <param name="Format">What kind of file this is.</param>
/// <param name="Tokenizer">What cuts texts.</param>
/// <param name="MaxLength">How many pieces a text has at most.</param>
/// <param name="Begin">Whether a token stands before each text.</param>
/// <param name="End">Whether one stands behind it.</param>
/// <param name="CutLeft">Whether long texts lose their beginning.</param>
/// <param name="PadLeft">Whether padding stands before short ones.</param>
internal sealed record SavedEncoding(
    string Format, SavedTokenizer Tokenizer, int? MaxLength = null, bool Begin = false, bool End = false, bool CutLeft = false, bool PadLeft = false);

/// <summary>Encodings as JSON.</summary>
[JsonSerializable(typeof(SavedEncoding))]
internal sealed partial class EncodingJson : JsonSerializerContext
{
    const string Version = "candeia text encoding 1", What = "text encoding";

    static EncodingJson Plain => field ??= new(SavedText.Rules());

    /// <exception cref="NotSupportedException">The tokenizer comes from files of its own.</exception>
    public static byte[] ToJson(TextEncoding encoding)
    {
        var tokenizer = TokenizerJson.Saved(encoding.Tokenizer);
        var saved = new SavedEncoding(Version, tokenizer, encoding.MaxLength, encoding.Begin, encoding.End, encoding.CutLeft, encoding.PadLeft);
        return JsonSerializer.SerializeToUtf8Bytes(saved, Plain.SavedEncoding);
    }

    /// <exception cref="TokenizerException">The file is missing, damaged, or something else.</exception>
    public static TextEncoding Read(string path)
    {
        var saved = SavedText.Read(path, Plain.SavedEncoding, What);
        if (saved.Format != Version) throw SavedText.Broken(path, What, $"its format is not \"{Version}\"");
        if (saved.MaxLength is < 1) throw SavedText.Broken(path, What, "its texts have no room for any piece");
        return new(TokenizerJson.Made(path, saved.Tokenizer), saved.MaxLength)
        {
            Begin = saved.Begin, End = saved.End, CutLeft = saved.CutLeft, PadLeft = saved.PadLeft,
        };
    }
}
