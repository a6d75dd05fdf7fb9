namespace Candeia;

/// <summary>
/// An op has made something that is not a number of numbers, or an infinite gradient of finite ones; see <see cref="Autograd.DetectAnomaly"/>. The
/// message names the op, its shapes, and the line that applied it.
/// </summary>
public sealed class AnomalyException(string message) : ArithmeticException(message);
