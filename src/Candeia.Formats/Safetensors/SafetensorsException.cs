namespace Candeia;

/// <summary>A safetensors file is damaged, or cannot be written as asked; the message names the file, the tensor and what is wrong with it.</summary>
public sealed class SafetensorsException : TensorFileException
{
    internal SafetensorsException(string message, Exception? inner = null) : base(message, inner) { }
}
