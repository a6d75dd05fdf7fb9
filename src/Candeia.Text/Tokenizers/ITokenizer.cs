namespace Candeia.Text;

/// <summary>Cuts texts into pieces that have numbers: characters, words, or parts of words. What networks see of a text are these numbers.</summary>
/// <example><code>
/// ITokenizer tokenizer = CharacterTokenizer.Build(["hello"]);
/// int[] ids = tokenizer.Encode("hole");
/// Console.WriteLine($"{string.Join(' ', ids)} of {tokenizer.VocabularySize}, {tokenizer.Decode(ids)}");   // → 1 3 2 0 of 4, hole
/// </code></example>
public interface ITokenizer
{
    /// <summary>How many numbers there are: they lie from 0 to below this. It is the size that an embedding needs.</summary>
    int VocabularySize { get; }

    /// <summary>The numbers that stand for no piece of a text.</summary>
    SpecialTokens Special { get; }

    /// <summary>The pieces of a text, and where they stand in it.</summary>
    /// <exception cref="ArgumentException">There is a piece that has no number, and nothing stands for such pieces.</exception>
    IReadOnlyList<Token> Tokenize(string text);

    /// <summary>The numbers of a text's pieces.</summary>
    /// <exception cref="ArgumentException">There is a piece that has no number, and nothing stands for such pieces.</exception>
    int[] Encode(string text);

    /// <summary>A text with these pieces, without padding, beginning and end.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is none of the vocabulary's.</exception>
    string Decode(IEnumerable<int> ids);
}
