namespace Candeia.Text;

/// <summary>Tokenizers in files. A model is of use with the tokenizer alone that it was trained with: keep both in one folder.</summary>
public static class Tokenizers
{
    /// <summary>Writes a tokenizer of characters or words, or the name of GPT-2's, to a file, as JSON.</summary>
    /// <exception cref="NotSupportedException">The tokenizer comes from files of its own; keep those.</exception>
    public static void Save(this ITokenizer tokenizer, string path)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        WholeFile.Write(path, TokenizerJson.ToJson(tokenizer));
    }

    /// <summary>The tokenizer of a file that <see cref="Save"/> has written.</summary>
    /// <exception cref="TokenizerException">The file is missing, damaged, or something else.</exception>
    public static ITokenizer Load(string path) => TokenizerJson.Read(path);
}
