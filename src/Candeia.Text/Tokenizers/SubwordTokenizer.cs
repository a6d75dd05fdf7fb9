using Microsoft.ML.Tokenizers;

namespace Candeia.Text;

/// <summary>
/// Parts of words are pieces, as in large language models: BPE, WordPiece and SentencePiece, whose work is done by Microsoft.ML.Tokenizers.
/// </summary>
/// <example><code>
/// var gpt2 = SubwordTokenizer.Gpt2();
/// Console.WriteLine(string.Join(" | ", gpt2.Tokenize("unbelievable!").Select(t => t.Text)));     // → un | bel | iev | able | !
/// Console.WriteLine(gpt2.VocabularySize);                                 // → 50257
/// </code></example>
public sealed class SubwordTokenizer : ITokenizer
{
    readonly Tokenizer _tokenizer;

    /// <summary>Any tokenizer of Microsoft.ML.Tokenizers.</summary>
    /// <param name="tokenizer">What does the work.</param>
    /// <param name="vocabularySize">How many numbers it has.</param>
    /// <param name="special">The numbers that stand for no piece of a text.</param>
    public SubwordTokenizer(Tokenizer tokenizer, int vocabularySize, SpecialTokens? special = null)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(vocabularySize);
        (_tokenizer, VocabularySize, Special) = (tokenizer, vocabularySize, special ?? new());
    }

    /// <summary>That of GPT-2: byte-level BPE with 50 257 numbers, the last of which begins and ends texts. It knows every text.</summary>
    public static SubwordTokenizer Gpt2()
    {
        const int endOfText = 50256;
        return new(TiktokenTokenizer.CreateForModel("gpt2"), endOfText + 1, new(Begin: endOfText, End: endOfText)) { IsGpt2 = true };
    }

    /// <summary>Byte-pair encoding from GPT-2's kind of files.</summary>
    /// <param name="vocabulary">The file of pieces and numbers, usually <c>vocab.json</c>.</param>
    /// <param name="merges">The file of pairs, usually <c>merges.txt</c>.</param>
    /// <param name="byteLevel">Whether the pieces are made of bytes, as those of GPT-2 and RoBERTa.</param>
    /// <exception cref="TokenizerException">A file is missing or damaged.</exception>
    public static SubwordTokenizer Bpe(string vocabulary, string merges, bool byteLevel = true) => Read(vocabulary, () =>
    {
        var options = new BpeOptions(vocabulary, merges) { ByteLevel = byteLevel };
        var ids = options.Vocabulary.ToDictionary(v => v.Key, v => v.Value);
        options.SpecialTokens = Pieces.Written(ids);
        if (byteLevel) options.PreTokenizer = RobertaPreTokenizer.Instance;
        return new SubwordTokenizer(BpeTokenizer.Create(options), 1 + ids.Values.Max(), Pieces.Special(ids));
    });

    /// <summary>WordPiece, the tokenizer of BERT.</summary>
    /// <param name="vocabulary">The file with a piece per line, usually <c>vocab.txt</c>.</param>
    /// <param name="lowercase">Whether texts are written small, without accents.</param>
    /// <exception cref="TokenizerException">The file is missing or damaged, or has no [UNK], [CLS], [SEP], [PAD] or [MASK].</exception>
    public static SubwordTokenizer WordPiece(string vocabulary, bool lowercase = true) => Read(vocabulary, () =>
    {
        var bert = BertTokenizer.Create(vocabulary, new() { LowerCaseBeforeTokenization = lowercase });
        return new SubwordTokenizer(bert, File.ReadLines(vocabulary).Count(),
            new(bert.PaddingTokenId, bert.UnknownTokenId, bert.ClassificationTokenId, bert.SeparatorTokenId));
    });

    /// <summary>SentencePiece, the tokenizer of T5, Llama 2 and Mistral.</summary>
    /// <param name="model">The file of the model, usually <c>tokenizer.model</c> or <c>spiece.model</c>.</param>
    /// <exception cref="TokenizerException">The file is missing or damaged.</exception>
    public static SubwordTokenizer SentencePiece(string model) => Read(model, () =>
    {
        using var file = OrdinaryFile.Open(model);
        var pieces = SentencePieceTokenizer.Create(file, addBeginningOfSentence: false, addEndOfSentence: false);
        int? Known(int id) => id >= 0 && id < pieces.Vocabulary.Count ? id : null;
        return new SubwordTokenizer(pieces, pieces.Vocabulary.Count,
            new(Pieces.Special(pieces.Vocabulary).Padding, Known(pieces.UnknownId), Known(pieces.BeginningOfSentenceId), Known(pieces.EndOfSentenceId)));
    });

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    public SpecialTokens Special { get; }

    /// <summary>Whether this is GPT-2's, which needs no file.</summary>
    internal bool IsGpt2 { get; private init; }

    /// <inheritdoc/>
    public IReadOnlyList<Token> Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. _tokenizer.EncodeToTokens(text, out string? changed).Select(t =>
        {
            var (start, length) = t.Offset.GetOffsetAndLength((changed ?? text).Length);
            return new Token(t.Id, t.Value, start, length);
        })];
    }

    /// <inheritdoc/>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. _tokenizer.EncodeToIds(text)];
    }

    /// <inheritdoc/>
    public string Decode(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return _tokenizer.Decode(ids.Where(id => id < 0 || id >= VocabularySize
            ? throw new ArgumentOutOfRangeException(nameof(ids), $"A vocabulary of {VocabularySize} pieces has none with the number {id}: was it made for another model?")
            : !Special.IsSilent(id))) ?? "";
    }

    // What the library throws where a file is not as it should be is no one type.
    static SubwordTokenizer Read(string file, Func<SubwordTokenizer> make)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        try
        {
            return make();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new TokenizerException($"No tokenizer can be made of '{file}': {e.Message.Split('\n')[0].TrimEnd('.')}; get the file again, or name another one.", e);
        }
    }
}
