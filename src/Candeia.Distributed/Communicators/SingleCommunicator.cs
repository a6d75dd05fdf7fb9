namespace Candeia.Distributed;

/// <summary>A process that is alone: everything it says comes back to it.</summary>
internal sealed class SingleCommunicator : ICommunicator
{
    public int Rank => 0;

    public int Size => 1;

    public string Carrier => "none";

    public void AllReduce<T>(Span<T> values, ReduceOp how = ReduceOp.Sum) where T : unmanaged { }

    public IPending BeginAllReduce<T>(T[] values, ReduceOp how = ReduceOp.Sum) where T : unmanaged => Ended.Now;

    public void Broadcast<T>(Span<T> values, int from = 0) where T : unmanaged => ArgumentOutOfRangeException.ThrowIfNotEqual(from, 0);

    public void AllGather<T>(ReadOnlySpan<T> mine, Span<T> all) where T : unmanaged => mine.CopyTo(all);

    public void AllToAll<T>(ReadOnlySpan<T> send, Span<T> receive) where T : unmanaged => send.CopyTo(receive);

    public IPending BeginAllToAll<T>(T[] send, T[] receive) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(send);
        send.CopyTo(receive, 0);
        return Ended.Now;
    }

    public IPending BeginAllGather<T>(T[] mine, T[] all) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(all);
        Array.Copy(mine, all, all.Length);
        return Ended.Now;
    }

    public void Barrier() { }

    public bool AllowsThreads => true;

    public ICommunicator Duplicate() => this;

    public void TellWaiting() { }

    public IReadOnlyList<int> Silent() => [];

    public void Abort(int code, string why) => throw new DistributedException(why);

    public void Dispose() { }

    /// <summary>What has ended when it begins.</summary>
    internal sealed class Ended : IPending
    {
        public static readonly Ended Now = new();

        public bool IsDone => true;

        public void Wait() { }

        public void Rest() { }
    }
}
