using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Candeia;

/// <summary>
/// The threads that all kernels share. An item is claimed from a counter of its share, the caller takes part, and it waits only for items that another
/// thread has claimed: so a call inside an item of another call, and calls from several threads at once, always come to an end.
/// What an item computes must not depend on <see cref="Threads.Count"/>: then no result does.
/// </summary>
internal static unsafe class Workers
{
    const int Jobs = 64;                                       // calls that can share their items at one time; more run alone

    static readonly Job[] s_jobs = [.. Enumerable.Range(0, Jobs).Select(_ => new Job())];
    static readonly object s_hiring = new();
    static ulong s_open;                                       // bit i: job i is in use
    static int s_asleep;
    static Worker[] s_workers = [];

    /// <summary>Is told of each call's kind of work and when it began and each of its items ended. While there is one, the caller does all items itself: so a benchmark foresees more threads than there are.</summary>
    internal static Action<Type, long[]>? Watcher { get => s_watcher; set => s_watcher = value; }

    [ThreadStatic] static Action<Type, long[]>? s_watcher;     // of the thread that calls
    [ThreadStatic] static bool s_alone;

    /// <summary>Until the result is disposed, this thread does all items itself.</summary>
    internal static Switched Alone() => new(ref s_alone, true);

    /// <summary>Runs items 0 … count − 1 and returns when all are done. Allocates nothing.</summary>
    public static void Run<TWork>(int count, in TWork work) where TWork : IWork
    {
        TWork here = work;                                     // on the stack, where the others reach it by address
        int threads;
        if (count > 1 && Watcher is { } watcher && !s_alone)
        {
            Watched(count, ref here, watcher);
            return;
        }
        if (count <= 1 || s_alone || (threads = Threads.Count) == 1 || !TryTake(out int slot))
        {
            for (int i = 0; i < count; i++) here.Run(i);
            return;
        }
        if (s_workers.Length < threads - 1) Hire(threads - 1);
        Job job = s_jobs[slot];
        job.Open(count, threads, Unsafe.AsPointer(ref here), &Item<TWork>);
        Wake(count - 1);
        job.Help(thread: 0);
        try { job.Finish(); }
        finally { Interlocked.And(ref s_open, ~(1UL << slot)); }
    }

    /// <summary>The same for a closure, where an allocation does not matter.</summary>
    public static void Run(int count, Action<int> body) => Run(count, new Closure(body));

    /// <summary>Cuts 0 … length − 1 into pieces of <paramref name="grain"/> and runs them; the cuts do not depend on the number of threads.</summary>
    public static void Split<TWork>(nint length, nint grain, in TWork work) where TWork : IRangeWork =>
        Run((int)((length + grain - 1) / grain), new Pieces<TWork>(length, grain, work));

    /// <summary>A job with unclaimed items, if there is one.</summary>
    internal static Job? Next()
    {
        for (ulong open = Volatile.Read(ref s_open); open != 0; open &= open - 1)
            if (s_jobs[BitOperations.TrailingZeroCount(open)] is { Unclaimed: > 0 } job) return job;
        return null;
    }

    /// <summary>Wakes at most two: who finds work wakes others in turn.</summary>
    internal static void Wake(int wanted)
    {
        if (wanted <= 0 || Volatile.Read(ref s_asleep) == 0) return;
        wanted = Math.Min(wanted, 2);
        Worker[] workers = s_workers;
        for (int i = 0, most = Math.Min(workers.Length, Threads.Count - 1); i < most; i++)
            if (workers[i].Wake() && --wanted == 0) return;
    }

    internal static void Slept(int change) => Interlocked.Add(ref s_asleep, change);

    static void Watched<TWork>(int count, ref TWork work, Action<Type, long[]> watcher) where TWork : IWork
    {
        using var alone = Alone();                             // calls inside an item are part of it
        long[] times = new long[count + 1];
        times[0] = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            work.Run(i);
            times[i + 1] = Stopwatch.GetTimestamp();
        }
        watcher(typeof(TWork), times);
    }

    static void Item<TWork>(void* work, int item) where TWork : IWork => Unsafe.AsRef<TWork>(work).Run(item);

    static bool TryTake(out int slot)
    {
        ulong open = Volatile.Read(ref s_open);
        while ((slot = BitOperations.TrailingZeroCount(~open)) < Jobs)
        {
            ulong seen = Interlocked.CompareExchange(ref s_open, open | 1UL << slot, open);
            if (seen == open) return true;
            open = seen;
        }
        return false;
    }

    static void Hire(int count)
    {
        lock (s_hiring)
        {
            Worker[] workers = s_workers;
            if (workers.Length < count) s_workers = [.. workers, .. Enumerable.Range(workers.Length + 1, count - workers.Length).Select(i => new Worker(i))];
        }
    }

    readonly struct Closure(Action<int> body) : IWork
    {
        public void Run(int item) => body(item);
    }

    readonly struct Pieces<TWork>(nint length, nint grain, TWork work) : IWork where TWork : IRangeWork
    {
        readonly TWork _work = work;
        public void Run(int item) => _work.Run(item * grain, Math.Min(length, (item + 1) * grain));
    }
}
