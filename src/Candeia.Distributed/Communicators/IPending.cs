namespace Candeia.Distributed;

/// <summary>Something that ranks do together and that may not have ended.</summary>
public interface IPending
{
    /// <summary>Whether it has ended; asking helps it on.</summary>
    bool IsDone { get; }

    /// <summary>Waits until it has.</summary>
    void Wait();
}
