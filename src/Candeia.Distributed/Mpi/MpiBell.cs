namespace Candeia.Distributed;

/// <summary>
/// A line beside all others on which a rank tells that it waits: whoever is not heard there when all wait is the one that is missing. It is used by one
/// thread at a time, and needs a library that threads may call at once.
/// </summary>
internal sealed class MpiBell
{
    const int Tag = 1;
    readonly Lock _lock = new();
    readonly MpiAbi _abi;
    readonly nint _comm;
    readonly int _rank;
    readonly MpiPending?[] _heard;
    readonly List<MpiPending> _told = [];

    /// <param name="abi">The library's constants.</param>
    /// <param name="comm">A communicator of its own.</param>
    /// <param name="rank">This rank.</param>
    /// <param name="size">How many there are.</param>
    public MpiBell(MpiAbi abi, nint comm, int rank, int size)
    {
        (_abi, _comm, _rank, _heard) = (abi, comm, rank, new MpiPending?[size]);
        for (int other = 0; other < size; other++)
            if (other != rank) _heard[other] = Begin(other, sends: false);
    }

    /// <summary>Tells all others.</summary>
    public void Ring()
    {
        lock (_lock)
            for (int other = 0; other < _heard.Length; other++)
                if (other != _rank) _told.Add(Begin(other, sends: true));
    }

    /// <summary>The others that have not told.</summary>
    public IReadOnlyList<int> Silent()
    {
        lock (_lock) return [.. Enumerable.Range(0, _heard.Length).Where(other => _heard[other] is { IsDone: false })];
    }

    /// <summary>Listens no more.</summary>
    public void Close()
    {
        lock (_lock) foreach (var waiting in _heard) waiting?.Cancel();
    }

    MpiPending Begin(int other, bool sends)
    {
        var pending = new MpiPending(_abi, new byte[1]);
        MpiCalls.Check(sends ? MpiCalls.MPI_Isend(pending.Pointer, 1, _abi.Byte, other, Tag, _comm, ref pending.Request)
            : MpiCalls.MPI_Irecv(pending.Pointer, 1, _abi.Byte, other, Tag, _comm, ref pending.Request), "Listening");
        return pending;
    }
}
