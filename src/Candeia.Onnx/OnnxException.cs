namespace Candeia.Onnx;

/// <summary>An ONNX file is damaged, or asks for what is not known; the message names the file, the node and what is wrong with it.</summary>
public sealed class OnnxException : Exception
{
    internal OnnxException(string message, Exception? inner = null) : base(message, inner) { }

    /// <summary>A name from a file, fit to stand in a message: of bearable length, on one line.</summary>
    internal static string Quote(string name) =>
        $"'{string.Concat((name.Length > 80 ? name[..80] + "…" : name).Select(c => char.IsControl(c) ? '\uFFFD' : c))}'";
}
