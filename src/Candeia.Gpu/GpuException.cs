namespace Candeia.Gpu;

/// <summary>A graphics processor or its driver has failed; the message says at what.</summary>
public sealed class GpuException : Exception
{
    /// <summary>A failure without a description.</summary>
    public GpuException()
    {
    }

    /// <summary>A failure.</summary>
    /// <param name="message">What failed, and what can be done about it.</param>
    public GpuException(string message) : base(message)
    {
    }

    /// <summary>A failure that comes of another.</summary>
    /// <param name="message">What failed, and what can be done about it.</param>
    /// <param name="innerException">The other one.</param>
    public GpuException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
