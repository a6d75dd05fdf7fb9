namespace Candeia.Text;

/// <summary>What vocabularies of subwords call the tokens that stand for no piece of a text.</summary>
internal static class Pieces
{
    static readonly string[]
        s_padding = ["<pad>", "[PAD]", "<|pad|>"], s_unknown = ["<unk>", "[UNK]"],
        s_begin = ["<s>", "<bos>", "[CLS]", "<|startoftext|>", "<|endoftext|>"], s_end = ["</s>", "<eos>", "[SEP]", "<|endoftext|>"];

    public static SpecialTokens Special(IReadOnlyDictionary<string, int> vocabulary)
    {
        int? First(string[] names) => names.Where(vocabulary.ContainsKey).Select(name => (int?)vocabulary[name]).FirstOrDefault();
        return new(First(s_padding), First(s_unknown), First(s_begin), First(s_end));
    }

    /// <summary>Those of a vocabulary as they are written: in a text they stand for themselves.</summary>
    public static Dictionary<string, int> Written(IReadOnlyDictionary<string, int> vocabulary) =>
        s_padding.Concat(s_unknown).Concat(s_begin).Concat(s_end).Distinct().Where(vocabulary.ContainsKey).ToDictionary(name => name, name => vocabulary[name]);
}
