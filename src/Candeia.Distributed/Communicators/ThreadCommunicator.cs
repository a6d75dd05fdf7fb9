using System.IO.MemoryMappedFiles;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Candeia.Distributed;

/// <summary>A rank that is a thread of this process.</summary>
internal sealed class ThreadCommunicator(Meeting meeting, int rank, bool sharesMemory = false) : ICommunicator, ISharesMemory
{
    public int Rank => rank;

    public int Size => meeting.Size;

    public string Carrier => "threads of one process";

    public void AllReduce<T>(Span<T> values, ReduceOp how = ReduceOp.Sum) where T : unmanaged
    {
        switch (values.ToArray())
        {
            case float[] v: All(v, how); v.AsSpan().Cast<float, T>().CopyTo(values); break;
            case double[] v: All(v, how); v.AsSpan().Cast<double, T>().CopyTo(values); break;
            case long[] v: All(v, how); v.AsSpan().Cast<long, T>().CopyTo(values); break;
            case int[] v: All(v, how); v.AsSpan().Cast<int, T>().CopyTo(values); break;
            default: throw Elements.Unknown(typeof(T));
        }
    }

    public IPending BeginAllReduce<T>(T[] values, ReduceOp how = ReduceOp.Sum) where T : unmanaged
    {
        AllReduce<T>(values, how);
        return SingleCommunicator.Ended.Now;
    }

    public void Broadcast<T>(Span<T> values, int from = 0) where T : unmanaged =>
        meeting.Exchange(rank, rank == from ? values.ToArray() : [], all => (T[])all[from]).CopyTo(values);

    public void AllGather<T>(ReadOnlySpan<T> mine, Span<T> all) where T : unmanaged
    {
        int count = mine.Length;
        meeting.Exchange(rank, mine.ToArray(), laid => laid.SelectMany(l => (T[])l).ToArray()).CopyTo(all[..(count * Size)]);
    }

    public void AllToAll<T>(ReadOnlySpan<T> send, Span<T> receive) where T : unmanaged
    {
        int part = send.Length / Size;
        meeting.Exchange(rank, send.ToArray(), laid => laid.SelectMany(l => ((T[])l).Skip(rank * part).Take(part)).ToArray()).CopyTo(receive);
    }

    public IPending BeginAllToAll<T>(T[] send, T[] receive) where T : unmanaged
    {
        AllToAll<T>(send, receive);
        return SingleCommunicator.Ended.Now;
    }

    public IPending BeginAllGather<T>(T[] mine, T[] all) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(all);
        AllGather<T>(mine.AsSpan(0, all.Length / Size), all);
        return SingleCommunicator.Ended.Now;
    }

    public void Barrier() => meeting.Exchange(rank, rank, _ => true);

    public bool AllowsThreads => true;

    public ICommunicator Duplicate() => new ThreadCommunicator(meeting.Another(rank), rank, sharesMemory);

    public bool SharesMemory => sharesMemory;

    public bool TakesAllProcessors => false;

    public SharedMemory? Share(long bytes)
    {
        long all = SharedMemory.Bytes(Size, bytes);
        object mine = rank == 0 ? MemoryMappedFile.CreateNew(null, all).CreateViewAccessor(0, all).SafeMemoryMappedViewHandle : "nothing";
        return new(meeting.Exchange(rank, mine, laid => (SafeBuffer)laid[0]), rank, Size, meeting.Rest);
    }

    public void TellWaiting() => meeting.TellWaiting(rank);

    public IReadOnlyList<int> Silent() => meeting.Silent(rank);

    public void Abort(int code, string why) => meeting.End(why);

    public void Dispose() { }

    void All<T>(T[] values, ReduceOp how) where T : unmanaged, INumber<T>
    {
        var result = meeting.Exchange(rank, values.Clone(), laid =>
        {
            var sum = (T[])((T[])laid[0]).Clone();
            foreach (var other in laid.Skip(1).Cast<T[]>())
                for (int i = 0; i < sum.Length; i++) sum[i] = how == ReduceOp.Sum ? sum[i] + other[i] : T.Max(sum[i], other[i]);
            return sum;
        });
        result.CopyTo(values, 0);
    }
}
