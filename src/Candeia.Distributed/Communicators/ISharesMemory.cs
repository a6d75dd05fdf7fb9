namespace Candeia.Distributed;

/// <summary>Ranks that run on one machine and may have memory in common, through which they add up without messages.</summary>
internal interface ISharesMemory
{
    /// <summary>Whether they may; the same on all ranks.</summary>
    bool SharesMemory { get; }

    /// <summary>Whether their threads take all processors there are: a thread that waits beside them would take one away.</summary>
    bool TakesAllProcessors { get; }

    /// <summary>Memory with a part of so many bytes for each rank; null on all ranks where one of them cannot have it. All call it together.</summary>
    SharedMemory? Share(long bytes);
}
