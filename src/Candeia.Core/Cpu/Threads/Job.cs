using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Candeia;

/// <summary>
/// One call of <see cref="Workers.Run{TWork}(int, in TWork)"/> while it lasts. Its items are laid out in shares, one for each thread, of items that follow each other: so every
/// thread goes along its own stretch of memory, in one call as in the next. Who has done its share takes from that with most left. Jobs are reused: a ticket holds a number
/// that rises with every use beside the count of its share's unclaimed items, so a thread that looked at an earlier use cannot claim an item of the next.
/// </summary>
internal sealed unsafe class Job
{
    const int MostShares = 16;                  // more threads than that have some in common

    readonly Alone[] _tickets = new Alone[MostShares];      // of each share: use << 32 | items that nobody has claimed
    Alone _done;                                // items that are finished, or given up after a failure
    int _count, _shares, _failed;
    bool _waiting;
    void* _work;
    delegate*<void*, int, void> _run;
    ExceptionDispatchInfo? _failure;

    /// <summary>How many items a thread that looks for work finds here.</summary>
    public int Unclaimed
    {
        get
        {
            int sum = 0;
            if (Volatile.Read(ref _failure) is not null) return 0;         // the caller does what is left
            for (int share = 0, shares = _shares; share < shares; share++) sum += Left(share);
            return sum;
        }
    }

    /// <summary>Opens the job to all threads. <paramref name="work"/> must stay where it is until <see cref="Finish"/> returns.</summary>
    public void Open(int count, int threads, void* work, delegate*<void*, int, void> run)
    {
        _work = work; _run = run;
        (_count, _shares, _done.Value, _failure, _waiting) = (count, Math.Min(Math.Min(count, threads), MostShares), 0, null, false);
        for (int share = 0, from = 0, to; share < _shares; share++, from = to)
        {
            to = End(share, count, _shares);
            ref long ticket = ref _tickets[share].Value;
            Volatile.Write(ref ticket, (ticket >> 32) + 1 << 32 | (uint)(to - from));
        }
    }

    /// <summary>Claims and runs items until none is left.</summary>
    /// <param name="thread">Whose share comes first.</param>
    public void Help(int thread)
    {
        int done = 0;
        for (int share = thread % Math.Max(1, _shares); share >= 0; share = thread > 0 && Volatile.Read(ref _failure) is not null ? -1 : Fullest())
            done += Help(ref _tickets[share].Value, share);
        if (done > 0) Count(done);
    }

    int Help(ref long ticketOf, int share)
    {
        int done = 0;
        for (long ticket = Volatile.Read(ref ticketOf); (int)ticket > 0;)
        {
            int count = _count, shares = _shares;           // good if the claim succeeds: they change only between uses
            void* work = _work;
            delegate*<void*, int, void> run = _run;
            long seen = Interlocked.CompareExchange(ref ticketOf, ticket - 1, ticket);
            if (seen == ticket)
            {
                int item = End(share, count, shares) - (int)ticket;
                try { run(work, item); }
#pragma warning disable CA1031 // the caller gets it
                catch (Exception e) { done += GiveUp(item, share, e); }
#pragma warning restore CA1031
                done++;
                seen = Volatile.Read(ref ticketOf);
            }
            ticket = seen;
        }
        return done;
    }

    static int End(int share, int count, int shares) => (int)((long)count * (share + 1) / shares);

    int Left(int share) => (int)Volatile.Read(ref _tickets[share].Value);

    int Fullest()
    {
        int best = -1;
        for (int share = 0, most = 0, shares = _shares; share < shares; share++)
            if (Left(share) is var left && left > most) (best, most) = (share, left);
        return best;
    }

    /// <summary>Waits for the items that others have claimed, then throws what an item threw: of several, that of the lowest item.</summary>
    public void Finish()
    {
        if (!IsDone) Wait();
        if (_failure is { } failure) { _failure = null; failure.Throw(); }
    }

    bool IsDone => Volatile.Read(ref _done.Value) == _count;

    // A share's items are claimed in order, and those before it go on: so the lowest item that fails is claimed before any other failure can stop it.
    int GiveUp(int item, int share, Exception e)
    {
        lock (this)
            if (_failure is null || item < _failed) (_failure, _failed) = (ExceptionDispatchInfo.Capture(e), item);
        int given = 0;
        for (int shares = _shares; share < shares; share++)
        {
            ref long ticketOf = ref _tickets[share].Value;
            for (long ticket = Volatile.Read(ref ticketOf), seen; ; ticket = seen)
            {
                seen = Interlocked.CompareExchange(ref ticketOf, ticket & ~0xFFFFFFFFL, ticket);
                if (seen != ticket) continue;
                given += (int)ticket;
                break;
            }
        }
        return given;
    }

    void Count(int done)
    {
        int count = _count;                                  // ours until the last item is counted
        if (Interlocked.Add(ref _done.Value, done) == count && Volatile.Read(ref _waiting))
            lock (this) Monitor.PulseAll(this);
    }

    // The others are about to finish: first stay awake, then let other threads have the processor, and sleep only when it takes long.
    void Wait()
    {
        var patience = new Patience();
        while (patience.Spin()) if (IsDone) return;
        for (int i = 0; i < 2000; i++, Thread.Yield()) if (IsDone) return;
        lock (this)
        {
            Volatile.Write(ref _waiting, true);
            Interlocked.MemoryBarrier();
            while (!IsDone) Monitor.Wait(this);
        }
    }

    /// <summary>A number that shares its cache line with nothing.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 128)]
    struct Alone { [FieldOffset(64)] public long Value; }
}
