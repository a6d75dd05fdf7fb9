using System.Buffers;
using System.Globalization;
using System.Text;

namespace Candeia.Text;

/// <summary>
/// Every word is a piece, and every sign between words is one. A word is a run of letters, digits and marks, with apostrophes inside it: <c>don't</c>.
/// </summary>
/// <example><code>
/// var tokenizer = WordTokenizer.Build(["I don't know.", "I know!"]);
/// Console.WriteLine(string.Join(" | ", tokenizer.Tokenize("I know Ann.").Select(t => t.Text)));  // → i | know | &lt;unk> | .
/// </code></example>
/// <param name="vocabulary">The words.</param>
/// <param name="lowercase">Whether texts are written small before they are looked up.</param>
public sealed class WordTokenizer(Vocabulary vocabulary, bool lowercase = true) : ITokenizer
{
    /// <summary>One that knows the words of some texts, the most frequent first.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="minFrequency">Words that occur less often are left out.</param>
    /// <param name="maxSize">How many words there are at most, the special ones among them.</param>
    /// <param name="lowercase">Whether texts are written small.</param>
    /// <param name="specials">What stands first: padding and what is not known, if nothing else is given.</param>
    public static WordTokenizer Build(
        IEnumerable<string> texts, int minFrequency = 1, int? maxSize = null, bool lowercase = true, IReadOnlyList<string>? specials = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return new(Vocabulary.Build(texts.SelectMany(t => Words(t, lowercase)), minFrequency, maxSize, specials), lowercase);
    }

    /// <summary>The words and their numbers.</summary>
    public Vocabulary Vocabulary { get; } = vocabulary ?? throw new ArgumentNullException(nameof(vocabulary));

    /// <summary>Whether texts are written small before they are looked up.</summary>
    public bool Lowercase => lowercase;

    /// <inheritdoc/>
    public int VocabularySize => Vocabulary.Count;

    /// <inheritdoc/>
    public SpecialTokens Special => Vocabulary.Special;

    /// <inheritdoc/>
    public IReadOnlyList<Token> Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<Token> tokens = [];
        foreach (var (start, length) in Cut(text))
        {
            int id = Vocabulary[Word(text, start, length, lowercase)];
            tokens.Add(new(id, Vocabulary[id], start, length));
        }
        return tokens;
    }

    /// <inheritdoc/>
    public int[] Encode(string text) => [.. Tokenize(text).Select(t => t.Id)];

    /// <summary>The words with a blank between two of them: where there were none, or several, is not known any more.</summary>
    /// <inheritdoc/>
    public string Decode(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return string.Join(' ', ids.Where(id => !Special.IsSilent(id)).Select(id => Vocabulary[id]));
    }

    /// <summary>The words of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lowercase">Whether it is written small.</param>
    public static IEnumerable<string> Words(string text, bool lowercase = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Cut(text).Select(w => Word(text, w.Start, w.Length, lowercase));
    }

    static string Word(string text, int start, int length, bool lowercase)
    {
        string word = text.Substring(start, length);
        if (length == 1 && char.IsSurrogate(word[0])) return Rune.ReplacementChar.ToString();      // half a character is none
        return lowercase ? word.ToLowerInvariant() : word;
    }

    /// <summary>Where the words are.</summary>
    static IEnumerable<(int Start, int Length)> Cut(string text)
    {
        for (int at = 0; at < text.Length;)
        {
            int start = at;
            if (IsInWord(text, at, out int length))
            {
                at += length;
                while (IsInWord(text, at, out length) || IsApostrophe(text, at) && IsInWord(text, at + 1, out length) && ++length > 0) at += length;
                yield return (start, at - start);
                continue;
            }
            at += length;
            if (!char.IsWhiteSpace(text[start]) && !char.IsControl(text[start])) yield return (start, length);
        }
    }

    static bool IsApostrophe(string text, int at) => at < text.Length && text[at] is '\'' or '’';

    /// <summary>Whether a letter, a digit or a mark stands at a position; how long the character there is.</summary>
    static bool IsInWord(string text, int at, out int length)
    {
        length = 0;
        if (at >= text.Length) return false;
        if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out length) != OperationStatus.Done) return false;
        return Rune.IsLetterOrDigit(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
    }
}
