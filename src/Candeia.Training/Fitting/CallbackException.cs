namespace Candeia.Training;

/// <summary>A callback has failed; the message names it, the event, the epoch and the batch, and the cause is the inner exception.</summary>
public sealed class CallbackException(string message, Exception inner) : Exception(message, inner);
