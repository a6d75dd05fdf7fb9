using Candeia.Data;

namespace Candeia.Text;

/// <summary>How texts become what a network takes: by which tokenizer, how long at most, with which tokens around them.</summary>
/// <param name="Tokenizer">Cuts texts into pieces with numbers.</param>
/// <param name="MaxLength">How many pieces a text has at most, beginning and end among them; longer ones are cut. Null for any length.</param>
/// <example><code>
/// var words = WordTokenizer.Build(["a cat saw a dog"]);
/// var batch = new TextEncoding(words, MaxLength: 4).Encode(["a cat", "a dog saw a cat"]);
/// Console.WriteLine($"{batch.Tokens.Shape}, {string.Join(' ', batch.Lengths)}");        // → [2, 4], 2 4
/// </code></example>
public sealed record TextEncoding(ITokenizer Tokenizer, int? MaxLength = null) : IPreprocessing<string>
{
    /// <summary>Whether the token for the beginning stands before each text.</summary>
    public bool Begin { get; init; }

    /// <summary>Whether the token for the end stands behind each text.</summary>
    public bool End { get; init; }

    /// <summary>Whether texts that are too long lose their beginning, not their end.</summary>
    public bool CutLeft { get; init; }

    /// <summary>Whether padding stands before the shorter texts of a batch, not behind them.</summary>
    public bool PadLeft { get; init; }

    /// <summary>What fills up shorter texts: the token for padding, or where there is none, that for the end.</summary>
    /// <exception cref="InvalidOperationException">The tokenizer has neither.</exception>
    public int Padding => Tokenizer.Special.Padding ?? Tokenizer.Special.End ?? throw Missing(SpecialTokens.PaddingWord, "texts of one length alone");

    /// <summary>The numbers of a text. An empty text has none but those around it.</summary>
    /// <exception cref="InvalidOperationException">A token is wanted that the tokenizer does not have.</exception>
    /// <exception cref="ArgumentException">A piece has no number and nothing stands for such pieces, or there is no room for any piece.</exception>
    public int[] Encode(string text)
    {
        int[] before = Begin ? [Tokenizer.Special.Begin ?? throw Missing(SpecialTokens.BeginWord, "Begin = false")] : [];
        int[] behind = End ? [Tokenizer.Special.End ?? throw Missing(SpecialTokens.EndWord, "End = false")] : [];
        int[] pieces = Tokenizer.Encode(text);
        if (MaxLength is { } most)
        {
            int room = most - before.Length - behind.Length;
            if (room < 1) throw new ArgumentException($"Of {most} pieces none is left for the text; take a larger {nameof(MaxLength)}.");
            if (pieces.Length > room) pieces = CutLeft ? pieces[^room..] : pieces[..room];
        }
        return [.. before, .. pieces, .. behind];
    }

    /// <summary>The numbers of several texts, filled up to the longest of them; to one place, where all are empty.</summary>
    /// <inheritdoc cref="Encode(string)"/>
    public TokenBatch Encode(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Batch([.. texts.Select(Encode)]);
    }

    /// <summary>A text as a network takes it: int64 [1, length].</summary>
    /// <param name="asked">The text; an empty one becomes padding.</param>
    /// <exception cref="InvalidOperationException">A token is wanted that the tokenizer does not have.</exception>
    /// <exception cref="ArgumentException">A piece has no number and nothing stands for such pieces.</exception>
    public Tensor Apply(string asked) => Encode([asked]).Tokens;

    /// <summary>Writes tokenizer, length and tokens around into a file, as JSON.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="NotSupportedException">The tokenizer comes from files of its own; keep those.</exception>
    public void Save(string path) => WholeFile.Write(path, EncodingJson.ToJson(this));

    /// <summary>The encoding of a file that <see cref="Save"/> has written.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="TokenizerException">The file is missing, damaged, or something else.</exception>
    public static TextEncoding Load(string path) => EncodingJson.Read(path);

    /// <summary>Texts that are numbers already, side by side.</summary>
    internal TokenBatch Batch(IReadOnlyList<int[]> texts)
    {
        int longest = Math.Max(1, texts.Max(t => t.Length));
        long[] tokens = new long[texts.Count * longest];
        bool[] mask = new bool[tokens.Length];
        if (texts.Any(t => t.Length < longest)) Array.Fill(tokens, Padding);
        for (int i = 0; i < texts.Count; i++)
        {
            int at = i * longest + (PadLeft ? longest - texts[i].Length : 0);
            for (int k = 0; k < texts[i].Length; k++) (tokens[at + k], mask[at + k]) = (texts[i][k], true);
        }
        return new(Tensor.From(tokens, [texts.Count, longest]), Tensor.From(mask, [texts.Count, longest]), [.. texts.Select(t => t.Length)]);
    }

    static InvalidOperationException Missing(string word, string otherwise) =>
        new($"The tokenizer has no token '{word}'; build its vocabulary with it among the special words, or take {otherwise}.");
}
