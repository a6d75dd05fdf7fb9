namespace Candeia;

/// <summary>A safetensors file is damaged, or cannot be written as asked; the message names the file, the tensor and what is wrong with it.</summary>
public sealed class SafetensorsException : Exception
{
    internal SafetensorsException(string message, Exception? inner = null) : base(message, inner) { }

    /// <summary>A name from a file, fit to stand in a message: of bearable length, on one line.</summary>
    internal static string Quote(string name) =>
        $"'{string.Concat((name.Length > 80 ? name[..80] + "…" : name).Select(c => char.IsControl(c) ? '�' : c))}'";
}
