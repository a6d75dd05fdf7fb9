using Candeia.Data;

namespace Candeia.Text;

/// <summary>
/// Texts and their classes as a network takes them. An item is (x, y): the numbers of its pieces, int64 [length], and its class, a 0-d int64; a batch has its
/// texts filled up to the longest, int64 [n, longest]. All numbers are in memory.
/// </summary>
/// <example><code>
/// var texts = new[] { new TextSample("a good film", 1), new TextSample("bad", 0) };
/// var data = new TextDataset(texts, new TextEncoding(WordTokenizer.Build(texts.Select(t => t.Text))));
/// foreach (var batch in data.Loader(2)) Console.WriteLine(batch);         // → x [2, 3], y [2]
/// </code></example>
public sealed class TextDataset : Dataset<Sample>
{
    readonly int[][] _tokens;
    readonly long[] _labels;
    readonly string[] _ids;

    /// <summary>Cuts all texts into pieces.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="encoding">How they become numbers.</param>
    public TextDataset(IReadOnlyList<TextSample> texts, TextEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(encoding);
        Encoding = encoding;
        (_tokens, _labels, _ids) = (new int[texts.Count][], new long[texts.Count], new string[texts.Count]);
        for (int i = 0; i < _tokens.Length; i++)
        {
            var (text, label, id) = texts[i];
            (_tokens[i], _labels[i], _ids[i]) = (encoding.Encode(text), label, id);
        }
    }

    /// <summary>How the texts became numbers.</summary>
    public TextEncoding Encoding { get; }

    /// <summary>How many pieces each text has: what a <see cref="BucketSampler"/> needs.</summary>
    public IReadOnlyList<int> Lengths => Array.ConvertAll(_tokens, t => t.Length);

    /// <inheritdoc/>
    public override int Count => _tokens.Length;

    /// <inheritdoc/>
    public override Sample this[int index] => new(Tensor.From(Array.ConvertAll(_tokens[index], t => (long)t)), Tensor.Scalar(_labels[index]), _ids[index]);

    /// <inheritdoc/>
    protected override Batch? TryBatch(ReadOnlySpan<int> indices)
    {
        int[] at = indices.ToArray();
        return new(Encoding.Batch(Array.ConvertAll(at, i => _tokens[i])).Tokens, Tensor.From(Array.ConvertAll(at, i => _labels[i])), Array.ConvertAll(at, i => _ids[i]));
    }
}
