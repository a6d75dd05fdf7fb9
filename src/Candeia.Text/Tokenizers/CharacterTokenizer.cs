using System.Text;

namespace Candeia.Text;

/// <summary>Every character is a piece. What was encoded is decoded to the same text, where all of its characters are known.</summary>
/// <example><code>
/// var tokenizer = CharacterTokenizer.Build(["abc", "cab"]);
/// Console.WriteLine(string.Join(' ', tokenizer.Encode("bac")));           // → 1 0 2
/// </code></example>
/// <param name="vocabulary">The characters.</param>
public sealed class CharacterTokenizer(Vocabulary vocabulary) : ITokenizer
{
    /// <summary>One that knows the characters of some texts, in the order of their code points.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="minFrequency">Characters that occur less often are left out.</param>
    /// <param name="specials">What stands before them: nothing, if nothing is given, so that a character that is not known is an error.</param>
    public static CharacterTokenizer Build(IEnumerable<string> texts, int minFrequency = 1, IReadOnlyList<string>? specials = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        specials ??= [];
        var known = Vocabulary.Build(texts.SelectMany(t => t.EnumerateRunes()).Select(r => r.ToString()), minFrequency, specials: specials);
        return new(new([.. specials, .. known.Skip(specials.Count).OrderBy(c => Rune.GetRuneAt(c, 0))]));
    }

    /// <summary>The characters and their numbers.</summary>
    public Vocabulary Vocabulary { get; } = vocabulary ?? throw new ArgumentNullException(nameof(vocabulary));

    /// <inheritdoc/>
    public int VocabularySize => Vocabulary.Count;

    /// <inheritdoc/>
    public SpecialTokens Special => Vocabulary.Special;

    /// <inheritdoc/>
    public IReadOnlyList<Token> Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<Token> tokens = new(text.Length);
        int at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            string character = rune.ToString();
            int id = Id(character, at), length = rune.Utf16SequenceLength;
            tokens.Add(new(id, Vocabulary[id], at, length));
            at += length;
        }
        return tokens;
    }

    /// <inheritdoc/>
    public int[] Encode(string text) => [.. Tokenize(text).Select(t => t.Id)];

    /// <inheritdoc/>
    public string Decode(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return string.Concat(ids.Where(id => !Special.IsSilent(id)).Select(id => Vocabulary[id]));
    }

    int Id(string character, int at) => Vocabulary.TryGetId(character, out int id) ? id : Special.Unknown ?? throw new ArgumentException(
        $"The character '{character}' (U+{Rune.GetRuneAt(character, 0).Value:X4}) at position {at} is none of the {VocabularySize} that the tokenizer knows; leave it out of the text.");
}
