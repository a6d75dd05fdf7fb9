using System.Numerics;
using System.Runtime.InteropServices;

namespace Candeia;

/// <summary>
/// Blocks of host memory, 64-byte aligned, kept by size class for the next tensor of that size: touching fresh memory costs more than computing on it.
/// When the machine runs short of memory, what lies unused is given back at the next full garbage collection.
/// </summary>
internal static unsafe class MemoryPool
{
    const int Alignment = 64;
    const int HugePage = 2 << 20;
    static readonly Stack<nint>[] s_free = [.. Enumerable.Range(0, 64 * 8).Select(_ => new Stack<nint>())];
    static long s_held, s_inUse, s_allocations;

    static MemoryPool() => _ = new Trimmer();

    /// <summary>Bytes that lie unused in the pool.</summary>
    public static long HeldBytes => Interlocked.Read(ref s_held);

    /// <summary>Bytes lent out.</summary>
    public static long BytesInUse => Interlocked.Read(ref s_inUse);

    /// <summary>How often the operating system was asked for memory.</summary>
    public static long Allocations => Interlocked.Read(ref s_allocations);

    /// <summary>Lends a block of at least this many bytes; what it contains is left from its last use.</summary>
    public static nint Rent(long bytes)
    {
        int index = SizeClass(bytes, out long size);
        Interlocked.Add(ref s_inUse, size);
        var free = s_free[index];
        lock (free)
        {
            if (free.TryPop(out nint block))
            {
                Interlocked.Add(ref s_held, -size);
                return block;
            }
        }
        return Allocate(size);
    }

    /// <summary>Takes back a block that <see cref="Rent"/> gave for this many bytes.</summary>
    public static void Return(nint block, long bytes)
    {
        int index = SizeClass(bytes, out long size);
        Interlocked.Add(ref s_inUse, -size);
        Interlocked.Add(ref s_held, size);
        var free = s_free[index];
        lock (free) free.Push(block);
    }

    /// <summary>Gives all unused blocks back to the operating system.</summary>
    public static void Trim()
    {
        for (int index = 0; index < s_free.Length; index++)
        {
            var free = s_free[index];
            lock (free)
            {
                while (free.TryPop(out nint block))
                {
                    long size = ClassSize(index);
                    NativeMemory.AlignedFree((void*)block);
                    Interlocked.Add(ref s_held, -size);
                    GC.RemoveMemoryPressure(size);
                }
            }
        }
    }

    static nint Allocate(long size)
    {
        Interlocked.Increment(ref s_allocations);
        GC.AddMemoryPressure(size);
        if (size < HugePage) return (nint)NativeMemory.AlignedAlloc((nuint)size, Alignment);
        nint block = (nint)NativeMemory.AlignedAlloc((nuint)size, HugePage);
        HugePages.Advise(block, size);
        return block;
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
