namespace Candeia.Distributed;

/// <summary>Something that ranks do together and that may not have ended.</summary>
public interface IPending
{
    /// <summary>Whether it has ended; asking helps it on.</summary>
    bool IsDone { get; }

    /// <summary>Waits until it has, and may take a processor for it.</summary>
    void Wait();

    /// <summary>Lets about a tenth of a millisecond pass, in which it may come on, and leaves the processor to others.</summary>
    void Rest();
}
