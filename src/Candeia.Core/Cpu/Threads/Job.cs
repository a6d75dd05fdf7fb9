using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Candeia;

/// <summary>
/// One call of <see cref="Workers.Run{TWork}(int, in TWork)"/> while it lasts. Jobs are reused: the ticket holds a number that rises with
/// every use beside the count of unclaimed items, so a thread that looked at an earlier use cannot claim an item of the next.
/// </summary>
internal sealed unsafe class Job
{
    Alone _ticket;                              // use << 32 | items that nobody has claimed
    Alone _done;                                // items that are finished, or given up after a failure
    int _count, _failed;
    bool _waiting;
    void* _work;
    delegate*<void*, int, void> _run;
    ExceptionDispatchInfo? _failure;

    /// <summary>Whether a thread that looks for work finds some here.</summary>
    public int Unclaimed => (int)Volatile.Read(ref _ticket.Value);

    /// <summary>Opens the job to all threads. <paramref name="work"/> must stay where it is until <see cref="Finish"/> returns.</summary>
    public void Open(int count, void* work, delegate*<void*, int, void> run)
    {
        _work = work; _run = run;
        (_count, _done.Value, _failure, _waiting) = (count, 0, null, false);
        Volatile.Write(ref _ticket.Value, (_ticket.Value >> 32) + 1 << 32 | (uint)count);
    }

    /// <summary>Claims and runs items until none is left.</summary>
    public void Help()
    {
        int done = 0;
        for (long ticket = Volatile.Read(ref _ticket.Value); (int)ticket > 0;)
        {
            int count = _count;                             // good if the claim succeeds: they change only between uses
            void* work = _work;
            delegate*<void*, int, void> run = _run;
            long seen = Interlocked.CompareExchange(ref _ticket.Value, ticket - 1, ticket);
            if (seen == ticket)
            {
                int item = count - (int)ticket;
                try { run(work, item); }
#pragma warning disable CA1031 // the caller gets it
                catch (Exception e) { done += GiveUp(item, e); }
#pragma warning restore CA1031
                done++;
                seen = Volatile.Read(ref _ticket.Value);
            }
            ticket = seen;
        }
        if (done > 0) Count(done);
    }

    /// <summary>Waits for the items that others have claimed, then throws what an item threw: of several, that of the lowest item.</summary>
    public void Finish()
    {
        if (!IsDone) Wait();
        if (_failure is { } failure) { _failure = null; failure.Throw(); }
    }

    bool IsDone => Volatile.Read(ref _done.Value) == _count;

    // Items are claimed in order, so the lowest that fails is claimed before any other failure can stop it.
    int GiveUp(int item, Exception e)
    {
        lock (this)
            if (_failure is null || item < _failed) (_failure, _failed) = (ExceptionDispatchInfo.Capture(e), item);
        long ticket = Volatile.Read(ref _ticket.Value);
        while (true)
        {
            long seen = Interlocked.CompareExchange(ref _ticket.Value, ticket & ~0xFFFFFFFFL, ticket);
            if (seen == ticket) return (int)ticket;
            ticket = seen;
        }
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
