using System.Runtime.InteropServices;

namespace Candeia.Distributed;

/// <summary>A rank of MPI.</summary>
internal sealed class MpiCommunicator : ICommunicator, ISharesMemory
{
    const int Most = 1 << 30;                                                // counts of MPI are int
    readonly MpiLibrary _library;
    readonly MpiAbi _abi;
    readonly MpiBell? _bell;
    nint _comm;

    /// <param name="library">Where the functions come from; MPI has been begun.</param>
    /// <param name="comm">Its handle.</param>
    /// <param name="bell">What tells others that this rank waits, where threads can.</param>
    public MpiCommunicator(MpiLibrary library, nint comm, MpiBell? bell)
    {
        int rank = 0, size = 0;
        MpiCalls.Check(MpiCalls.MPI_Comm_rank(comm, ref rank), "Asking for the rank");
        MpiCalls.Check(MpiCalls.MPI_Comm_size(comm, ref size), "Asking for the number of ranks");
        (_library, _abi, _comm, _bell, Rank, Size) = (library, library.Abi, comm, bell, rank, size);
    }

    public int Rank { get; }

    public int Size { get; }

    public string Carrier => _library.Version;

    public void AllReduce<T>(Span<T> values, ReduceOp how = ReduceOp.Sum) where T : unmanaged
    {
        if (values.Length > 0) MpiCalls.Check(MpiCalls.MPI_Allreduce(_abi.InPlace, ref First(values), values.Length, Summed<T>(), Op(how), _comm), "Adding up");
    }

    public IPending BeginAllReduce<T>(T[] values, ReduceOp how = ReduceOp.Sum) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length == 0) return SingleCommunicator.Ended.Now;
        var pending = new MpiPending(_abi, values);
        MpiCalls.Check(MpiCalls.MPI_Iallreduce(_abi.InPlace, pending.Pointer, values.Length, Summed<T>(), Op(how), _comm, ref pending.Request), "Adding up");
        return pending;
    }

    public void Broadcast<T>(Span<T> values, int from = 0) where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)from, (uint)Size);
        var bytes = MemoryMarshal.AsBytes(values);                           // as long as a span can be of bytes
        for (int start = 0; start < bytes.Length; start += Most)
            MpiCalls.Check(MpiCalls.MPI_Bcast(ref bytes[start], Math.Min(Most, bytes.Length - start), _abi.Byte, from, _comm), "Broadcasting");
    }

    public void AllGather<T>(ReadOnlySpan<T> mine, Span<T> all) where T : unmanaged
    {
        if (all.Length < mine.Length * Size) throw new ArgumentException($"What {Size} ranks have needs {mine.Length * Size} places, not {all.Length}.", nameof(all));
        if (mine.Length == 0) return;
        int bytes = MemoryMarshal.AsBytes(mine).Length;
        MpiCalls.Check(MpiCalls.MPI_Allgather(ref First(mine), bytes, _abi.Byte, ref First(all), bytes, _abi.Byte, _comm), "Gathering");
    }

    public void AllToAll<T>(ReadOnlySpan<T> send, Span<T> receive) where T : unmanaged
    {
        if (send.Length % Size != 0 || receive.Length < send.Length) throw new ArgumentException($"{send.Length} elements are no part of the same size for each of {Size} ranks.", nameof(send));
        if (send.Length == 0) return;
        int bytes = MemoryMarshal.AsBytes(send).Length / Size;
        MpiCalls.Check(MpiCalls.MPI_Alltoall(ref First(send), bytes, _abi.Byte, ref First(receive), bytes, _abi.Byte, _comm), "Exchanging");
    }

    public IPending BeginAllToAll<T>(T[] send, T[] receive) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(send);
        ArgumentNullException.ThrowIfNull(receive);
        if (send.Length % Size != 0 || receive.Length < send.Length) throw new ArgumentException($"{send.Length} elements are no part of the same size for each of {Size} ranks.", nameof(send));
        if (send.Length == 0) return SingleCommunicator.Ended.Now;
        int bytes = MemoryMarshal.AsBytes<T>(send).Length / Size;
        var pending = new MpiPending(_abi, send, receive);
        MpiCalls.Check(MpiCalls.MPI_Ialltoall(pending.PointerTo(0), bytes, _abi.Byte, pending.PointerTo(1), bytes, _abi.Byte, _comm, ref pending.Request), "Exchanging");
        return pending;
    }

    public IPending BeginAllGather<T>(T[] mine, T[] all) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(mine);
        ArgumentNullException.ThrowIfNull(all);
        if (all.Length % Size != 0 || mine.Length < all.Length / Size) throw new ArgumentException($"{all.Length} places are not for {mine.Length} elements of each of {Size} ranks.", nameof(all));
        if (all.Length == 0) return SingleCommunicator.Ended.Now;
        int bytes = MemoryMarshal.AsBytes<T>(all).Length / Size;
        var pending = new MpiPending(_abi, mine, all);
        MpiCalls.Check(MpiCalls.MPI_Iallgather(pending.PointerTo(0), bytes, _abi.Byte, pending.PointerTo(1), bytes, _abi.Byte, _comm, ref pending.Request), "Gathering");
        return pending;
    }

    public void Barrier() => MpiCalls.Check(MpiCalls.MPI_Barrier(_comm), "Waiting for all");

    public bool AllowsThreads => MpiWorld.IsMultiple;

    public ICommunicator Duplicate()
    {
        nint other = 0;
        MpiCalls.Check(MpiCalls.MPI_Comm_dup(_comm, ref other), "Duplicating");
        return new MpiCommunicator(_library, other, _bell);
    }

    public void TellWaiting() => _bell?.Ring();

    public IReadOnlyList<int> Silent() => _bell?.Silent() ?? [];

    public bool SharesMemory => MpiWorld.IsTogether;

    public bool TakesAllProcessors => (long)Threads.Count * Size >= Environment.ProcessorCount;

    public SharedMemory? Share(long bytes) => MpiSharing.Memory(this, SharedMemory.Bytes(Size, bytes)) is { } memory ? new(memory, Rank, Size, CLibrary.Rest) : null;

    public void Abort(int code, string why)
    {
        Console.Error.WriteLine(why);
        Console.Error.Flush();
        Thread.Sleep(200);                                                   // the launcher reads it before it ends all
        new Thread(() =>                                                     // the launcher may be cut off as well
        {
            Thread.Sleep(2000);
            CLibrary.Exit(code);
        }) { IsBackground = true }.Start();
        _ = MpiCalls.MPI_Abort(_abi.World, code);
    }

    public void Dispose()
    {
        if (_comm != _abi.World && _comm != 0) _ = MpiCalls.MPI_Comm_free(ref _comm);
        _comm = 0;
    }

    nint Summed<T>() where T : unmanaged => typeof(T) == typeof(byte) ? throw Elements.Unknown(typeof(T)) : _abi.Of<T>();

    nint Op(ReduceOp how) => how == ReduceOp.Max ? _abi.Max : _abi.Sum;

    static ref byte First<T>(ReadOnlySpan<T> values) where T : unmanaged => ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(values));
}
