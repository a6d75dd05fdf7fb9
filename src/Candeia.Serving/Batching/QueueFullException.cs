namespace Candeia.Serving;

/// <summary>As many requests are waiting as may; the same request can succeed a moment later.</summary>
/// <param name="model">Which model is asked for too much.</param>
/// <param name="queue">How many are waiting.</param>
public sealed class QueueFullException(string model, int queue)
    : InvalidOperationException($"The model '{model}' is busy: {queue} requests are waiting already. Ask again in a moment.");
