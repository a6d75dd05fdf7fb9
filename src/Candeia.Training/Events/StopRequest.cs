namespace Candeia.Training;

/// <summary>That somebody wants a run to end before its work is done.</summary>
/// <param name="Reason">What the user reads.</param>
/// <param name="IsCancelled">Whether it was wanted from outside, and is no limit that is reached.</param>
internal sealed record StopRequest(string Reason, bool IsCancelled);
