namespace Candeia.Text;

/// <summary>A vocabulary or tokenizer that cannot be used; the message is one sentence that names the file and the remedy.</summary>
public sealed class TokenizerException : Exception
{
    internal TokenizerException(string message, Exception? inner = null) : base(message, inner) { }
}
