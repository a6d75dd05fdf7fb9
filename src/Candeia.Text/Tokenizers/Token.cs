namespace Candeia.Text;

/// <summary>A piece of a text.</summary>
/// <param name="Id">Its number in the vocabulary.</param>
/// <param name="Text">The piece as the vocabulary writes it.</param>
/// <param name="Start">The position of its first character in the text; where a tokenizer changes texts before it cuts them, in the changed text.</param>
/// <param name="Length">How many characters of the text it covers.</param>
public readonly record struct Token(int Id, string Text, int Start, int Length);
