namespace Candeia.Experiments;

/// <summary>The user has stopped the command, and should know what is kept.</summary>
sealed class StoppedException(string kept, OperationCanceledException inner) : OperationCanceledException(kept, inner, inner.CancellationToken);
