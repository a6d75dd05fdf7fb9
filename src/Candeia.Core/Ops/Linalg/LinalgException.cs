namespace Candeia;

/// <summary>A matrix for which what was asked for does not exist: a singular one has no inverse, one that is not positive definite no Cholesky factor.</summary>
public sealed class LinalgException(string message, Exception? innerException = null) : ArithmeticException(message, innerException);
