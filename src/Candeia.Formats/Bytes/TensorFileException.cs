namespace Candeia;

/// <summary>A file of tensors is damaged, holds what no tensor can be, or cannot be written as asked; the message names the file and what is wrong with it.</summary>
public class TensorFileException : Exception
{
    internal TensorFileException(string message, Exception? inner = null) : base(message, inner) { }

    /// <summary>A name from a file, fit to stand in a message: of bearable length, on one line.</summary>
    internal static string Quote(string name) =>
        $"'{string.Concat((name.Length > 80 ? name[..80] + "…" : name).Select(c => char.IsControl(c) ? '\uFFFD' : c))}'";
}
