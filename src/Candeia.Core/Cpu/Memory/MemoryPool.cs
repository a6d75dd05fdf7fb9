using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Candeia;

/// <summary>
/// Blocks of host memory, 64-byte aligned, kept by size class for the next tensor of that size: touching fresh memory costs more than computing on it.
/// What lies unused is bounded: by what has been in use together, so that a steady step finds all its blocks again; by time, so that sizes which do not
/// come back are given up; and when the machine runs short of memory, all of it is given back at the next full garbage collection.
/// </summary>
internal static unsafe class MemoryPool
{
    const int Alignment = 64;
    const int HugePage = 2 << 20;
    const int Period = 1 << 16;                                              // rents
    const int Uses = 16;                                                     // so often all memory has been lent out in a period
    const int Patience = 200;                                                // milliseconds for finalizers
    const long Slack = 128 << 20;                                            // bytes that do not matter
    static readonly FreeBlocks[] s_free = [.. Enumerable.Range(0, 64 * 8).Select(_ => new FreeBlocks())];
    static readonly Lock s_shrinking = new();
    static long s_held, s_inUse, s_allocations;
    static long s_clock, s_rented, s_began;                                  // rents, their bytes in this period, when it began; a lost count does not matter
    static long s_peak, s_peakBefore;                                        // most in use in this period, and in the one before
    static long s_most;                                                      // most in use since somebody began to watch; a lost count does not matter
    static long s_vain;                                                      // up to so much in use, looking for it has been of no use
    static long s_least;                                                     // least in use since what nobody holds was last looked for

    static MemoryPool() => _ = new Trimmer();

    /// <summary>Bytes that lie unused in the pool.</summary>
    public static long HeldBytes => Interlocked.Read(ref s_held);

    /// <summary>Bytes lent out.</summary>
    public static long BytesInUse => Interlocked.Read(ref s_inUse);

    /// <summary>How often the operating system was asked for memory.</summary>
    public static long Allocations => Interlocked.Read(ref s_allocations);

    /// <summary>How many bytes may lie unused at present.</summary>
    public static long Limit => Math.Max(s_peak, s_peakBefore) + Slack;

    /// <summary>Lends a block of at least this many bytes; what it contains is left from its last use.</summary>
    /// <exception cref="InsufficientMemoryException">The system has no more.</exception>
    public static nint Rent(long bytes)
    {
        int index = SizeClass(bytes, out long size);
        long inUse = Interlocked.Add(ref s_inUse, size), now = ++s_clock;
        s_rented += size;
        if (now - s_began >= Period) EndPeriod();
        var free = s_free[index];
        if (free.TryTake(now, out nint block) || CollectsGarbage(inUse - size, size) && free.TryTake(now, out block)) Interlocked.Add(ref s_held, -size);
        else block = Allocate(size);
        if (inUse > s_peak) s_peak = inUse;
        if (inUse > s_most) s_most = inUse;
        return block;
    }

    /// <summary>Most bytes that are lent out at once while something is done, beyond those that were before.</summary>
    public static long Most(Action action)
    {
        long before = s_most = BytesInUse;
        action();
        return s_most - before;
    }

    /// <summary>Takes back a block that <see cref="Rent"/> gave for this many bytes.</summary>
    public static void Return(nint block, long bytes)
    {
        int index = SizeClass(bytes, out long size);
        long inUse = Interlocked.Add(ref s_inUse, -size), held = Interlocked.Add(ref s_held, size);
        s_free[index].Put(block);
        if (inUse < s_least) s_least = inUse;
        if (held > Slack && held > Limit) Shrink();
    }

    /// <summary>Gives all unused blocks back to the operating system.</summary>
    public static void Trim()
    {
        for (int index = 0; index < s_free.Length; index++) Free(s_free[index].Drop(int.MaxValue), ClassSize(index));
    }

    /// <summary>Gives up what was not needed for longest, until some less than the limit lies unused.</summary>
    static void Shrink()
    {
        if (!s_shrinking.TryEnter()) return;
        try
        {
            long most = Limit / 8 * 7;
            foreach (int index in Enumerable.Range(0, s_free.Length).Where(i => !s_free[i].IsEmpty).OrderBy(i => s_free[i].LastUse))
            {
                long size = ClassSize(index), excess = HeldBytes - most;
                if (excess <= 0) return;
                Free(s_free[index].Drop((int)Math.Min(int.MaxValue, (excess + size - 1) / size)), size);
            }
        }
        finally
        {
            s_shrinking.Exit();
        }
    }

    /// <summary>Once all memory could have been used several times over, gives up what two such periods did not need.</summary>
    static void EndPeriod()
    {
        if (s_rented < Uses * (HeldBytes + BytesInUse) || !s_shrinking.TryEnter()) return;
        try
        {
            if (s_clock - s_began < Period) return;                          // another thread was faster
            (s_began, s_rented, s_peakBefore, s_peak) = (s_clock, 0, s_peak, BytesInUse);
            for (int index = 0; index < s_free.Length; index++) Free(s_free[index].DropUnused(), ClassSize(index));
        }
        finally
        {
            s_shrinking.Exit();
        }
    }

    /// <summary>
    /// Before new memory is asked for, looks for tensors that nobody holds, if there is reason to think that there are many: more than twice as much is in
    /// use as was needed since the last time. A loop without scopes makes so little managed garbage that the collector would not come by itself.
    /// </summary>
    static bool CollectsGarbage(long lent, long more)
    {
        long least = Interlocked.Read(ref s_least);
        if (lent + more <= Math.Max(2 * least + Slack, s_vain) || Interlocked.CompareExchange(ref s_least, lent, least) != least) return false;
        GC.Collect();
        bool isDone = Task.Run(GC.WaitForPendingFinalizers).Wait(Patience);  // not for ever: a finalizer of the program's may wait for this thread
        s_vain = isDone && BytesInUse - more > lent / 4 * 3 ? lent / 2 * 3 : 0;   // what is held by somebody is not looked for again and again
        return true;
    }

    static nint Allocate(long size)
    {
        nint block;
        try
        {
            block = (nint)NativeMemory.AlignedAlloc((nuint)size, (nuint)(size < HugePage ? Alignment : HugePage));
        }
        catch (OutOfMemoryException)
        {
            long inUse = Interlocked.Add(ref s_inUse, -size);
            throw new InsufficientMemoryException(string.Create(CultureInfo.InvariantCulture,
                $"The system has no {size >> 20:N0} MiB of memory for a tensor, beside {inUse >> 20:N0} MiB in tensors that are held; compute fewer samples at once, or end a Scope around what is needed no longer."));
        }
        Interlocked.Increment(ref s_allocations);
        GC.AddMemoryPressure(size);
        if (size >= HugePage) HugePages.Advise(block, size);
        return block;
    }

    static void Free(nint[] blocks, long size)
    {
        foreach (nint block in blocks)
        {
            NativeMemory.AlignedFree((void*)block);
            Interlocked.Add(ref s_held, -size);
            GC.RemoveMemoryPressure(size);
        }
    }

    /// <summary>Size classes: multiples of 64 up to 512, then eight between each power of two and the next, so at most an eighth is wasted.</summary>
    internal static int SizeClass(long bytes, out long size)
    {
        int exponent = bytes <= 512 ? 8 : BitOperations.Log2((ulong)(bytes - 1));
        long start = bytes <= 512 ? 0 : 1L << exponent, step = bytes <= 512 ? Alignment : start >> 3;
        long steps = Math.Max(1, (bytes - start + step - 1) / step);         // 1 … 8
        size = start + steps * step;
        return (exponent - 8) * 8 + (int)steps - 1;
    }

    static long ClassSize(int index)
    {
        long start = index < 8 ? 0 : 1L << 8 + index / 8, step = index < 8 ? Alignment : start >> 3;
        return start + (index % 8 + 1) * step;
    }

    /// <summary>Comes back from every full collection; that is when memory pressure is known.</summary>
    sealed class Trimmer
    {
        ~Trimmer()
        {
            if (Environment.HasShutdownStarted) return;
            var memory = GC.GetGCMemoryInfo(GCKind.Any);
            if (memory.MemoryLoadBytes > memory.HighMemoryLoadThresholdBytes) Trim();
            _ = new Trimmer();
        }
    }
}
