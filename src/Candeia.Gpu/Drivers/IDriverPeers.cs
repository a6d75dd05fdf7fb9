namespace Candeia.Gpu;

/// <summary>Drivers of several processes that copy from each other's memory, in the order of the calls of each.</summary>
internal interface IDriverPeers : IDisposable
{
    /// <summary>Sends each a part of so many bytes, and gets one of each.</summary>
    void AllToAll(Handle send, long sendOffset, Handle receive, long receiveOffset, long bytes);

    /// <summary>Gives all the bytes of each, one after the other.</summary>
    void AllGather(Handle mine, long mineOffset, Handle all, long allOffset, long bytes);
}
