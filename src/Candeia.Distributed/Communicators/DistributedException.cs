namespace Candeia.Distributed;

/// <summary>Ranks cannot work together, or do not any more; the message says why and what to do.</summary>
public sealed class DistributedException : Exception
{
    /// <summary>With a sentence for users.</summary>
    public DistributedException(string message) : base(message) { }

    /// <summary>With its cause.</summary>
    public DistributedException(string message, Exception inner) : base(message, inner) { }
}
