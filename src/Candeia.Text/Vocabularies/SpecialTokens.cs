namespace Candeia.Text;

/// <summary>The numbers of tokens that stand for no piece of a text; null, where a vocabulary has none for that.</summary>
/// <param name="Padding">Fills up the shorter texts of a batch.</param>
/// <param name="Unknown">Stands for whatever the vocabulary does not have.</param>
/// <param name="Begin">Stands before a text.</param>
/// <param name="End">Stands behind a text.</param>
public sealed record SpecialTokens(int? Padding = null, int? Unknown = null, int? Begin = null, int? End = null)
{
    /// <summary>How padding is written in a vocabulary: <c>&lt;pad></c>.</summary>
    public const string PaddingWord = "<pad>";

    /// <summary>How what is not known is written in a vocabulary: <c>&lt;unk></c>.</summary>
    public const string UnknownWord = "<unk>";

    /// <summary>How the beginning of a text is written in a vocabulary: <c>&lt;bos></c>.</summary>
    public const string BeginWord = "<bos>";

    /// <summary>How the end of a text is written in a vocabulary: <c>&lt;eos></c>.</summary>
    public const string EndWord = "<eos>";

    /// <summary>Whether a token is shown to nobody: padding, beginning or end.</summary>
    internal bool IsSilent(int id) => id == Padding || id == Begin || id == End;
}
