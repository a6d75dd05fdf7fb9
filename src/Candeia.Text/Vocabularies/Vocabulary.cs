using System.Collections;

namespace Candeia.Text;

/// <summary>Which words there are, and the number of each: they count from 0 in the order of the list.</summary>
/// <remarks>
/// Words that stand for no piece of a text are known by how they are written, see <see cref="SpecialTokens"/>. Where <c>&lt;unk></c> is among the words,
/// it stands for every word that is not; otherwise to ask for such a word is an error.
/// </remarks>
/// <example><code>
/// var vocabulary = Vocabulary.Build(["the", "cat", "saw", "the", "dog"], maxSize: 4);
/// Console.WriteLine(string.Join(' ', vocabulary));                        // → &lt;pad> &lt;unk> the cat
/// Console.WriteLine($"{vocabulary["cat"]} {vocabulary["bird"]}");         // → 3 1
/// </code></example>
public sealed class Vocabulary : IReadOnlyList<string>
{
    readonly string[] _words;
    readonly Dictionary<string, int> _ids;

    /// <summary>The words in the order of their numbers.</summary>
    /// <exception cref="ArgumentException">A word is empty or there twice, or has half of a character only.</exception>
    public Vocabulary(IEnumerable<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        _words = [.. words];
        _ids = new(_words.Length, StringComparer.Ordinal);
        for (int i = 0; i < _words.Length; i++)
        {
            if (string.IsNullOrEmpty(_words[i])) throw new ArgumentException($"Word {i} of the vocabulary is empty; leave it out.", nameof(words));
            if (!IsWhole(_words[i])) throw new ArgumentException($"Word {i} of the vocabulary ends or begins in the middle of a character; leave it out.", nameof(words));
            if (!_ids.TryAdd(_words[i], i))
                throw new ArgumentException($"'{_words[i]}' is in the vocabulary twice, as {_ids[_words[i]]} and as {i}; every word has one number.", nameof(words));
        }
        Special = new(Find(SpecialTokens.PaddingWord), Find(SpecialTokens.UnknownWord), Find(SpecialTokens.BeginWord), Find(SpecialTokens.EndWord));
    }

    /// <summary>The words that occur most often, the most frequent first, and among those as often in the order of the alphabet.</summary>
    /// <param name="words">All words of all texts, as often as they occur.</param>
    /// <param name="minFrequency">Words that occur less often are left out.</param>
    /// <param name="maxSize">How many words there are at most, the special ones among them.</param>
    /// <param name="specials">What stands first: padding and what is not known, if nothing else is given.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no room for the special words.</exception>
    public static Vocabulary Build(IEnumerable<string> words, int minFrequency = 1, int? maxSize = null, IReadOnlyList<string>? specials = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minFrequency);
        specials ??= [SpecialTokens.PaddingWord, SpecialTokens.UnknownWord];
        if (maxSize < specials.Count)
            throw new ArgumentOutOfRangeException(nameof(maxSize), $"A vocabulary of {maxSize} words has no room for the {specials.Count} special ones.");
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string word in words) counts[word] = counts.GetValueOrDefault(word) + 1;
        foreach (string special in specials) counts.Remove(special);
        var frequent = counts.Where(c => c.Value >= minFrequency).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => c.Key);
        return new([.. specials, .. maxSize is { } most ? frequent.Take(most - specials.Count) : frequent]);
    }

    /// <summary>How many words there are.</summary>
    public int Count => _words.Length;

    /// <summary>The numbers of the special words.</summary>
    public SpecialTokens Special { get; }

    /// <summary>The word with a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    public string this[int id] => id >= 0 && id < _words.Length ? _words[id]
        : throw new ArgumentOutOfRangeException(nameof(id), $"A vocabulary of {_words.Length} words has none with the number {id}: was it made for another model?");

    /// <summary>The number of a word, or of what stands for those that are not known.</summary>
    /// <exception cref="ArgumentException">The word is not known, and nothing stands for such words.</exception>
    public int this[string word] => TryGetId(word, out int id) ? id : Special.Unknown
        ?? throw new ArgumentException($"'{word}' is none of the {_words.Length} words of the vocabulary, which has no {SpecialTokens.UnknownWord} for such words; add it, or leave the word out.", nameof(word));

    /// <summary>The number of a word, if it has one of its own.</summary>
    public bool TryGetId(string word, out int id) => _ids.TryGetValue(word, out id);

    /// <summary>Writes the words to a file, as JSON.</summary>
    public void Save(string path) => WholeFile.Write(path, VocabularyJson.ToJson(this));

    /// <summary>The words of a file that <see cref="Save"/> has written.</summary>
    /// <exception cref="TokenizerException">The file is missing, damaged, or something else.</exception>
    public static Vocabulary Load(string path) => VocabularyJson.Read(path);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_words).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    int? Find(string word) => _ids.TryGetValue(word, out int id) ? id : null;

    static bool IsWhole(string word)
    {
        for (int i = 0; i < word.Length; i++)
            if (char.IsSurrogate(word[i]) && !(i + 1 < word.Length && char.IsSurrogatePair(word[i], word[++i]))) return false;
        return true;
    }
}
