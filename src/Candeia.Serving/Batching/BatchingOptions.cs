namespace Candeia.Serving;

/// <summary>How questions that come at the same time are computed together.</summary>
/// <param name="Most">How many items a batch has at most, and so a request; 32 is a good start.</param>
/// <param name="Queue">How many requests wait at most while a batch is computed; the next one is refused, which HTTP calls 429.</param>
public sealed record BatchingOptions(int Most = 32, int Queue = 1024)
{
    /// <summary>
    /// How long the first of a batch waits for others. Nothing unless it is said: what comes while a batch is computed makes the next one, and that is enough where
    /// it matters.
    /// </summary>
    public TimeSpan Delay { get; init; }

    internal BatchingOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Most);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Queue);
        ArgumentOutOfRangeException.ThrowIfLessThan(Delay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Delay, TimeSpan.FromMinutes(1));
        return this;
    }
}
