namespace Candeia;

/// <summary>Tensors whose shapes do not fit together; the message names them and what was expected.</summary>
public sealed class ShapeException(string message, Exception? innerException = null) : ArgumentException(message, innerException);
