using System.Runtime.CompilerServices;

namespace Candeia.Kernels;

/// <summary>Finds what is not 0 among bytes, in blocks: first their counts, then, each from where those before it end, the indices.</summary>
internal static unsafe class NonZeros
{
    const int Block = 1 << 15;

    /// <summary>How many of n bytes are not 0.</summary>
    public static long Count(byte* x, long n)
    {
        long sum = 0;
        foreach (long count in Counts(x, n)) sum += count;
        return sum;
    }

    /// <summary>Writes the indices of those that are not 0, [count, rank], for bytes in row-major order of a shape.</summary>
    public static void Find(byte* x, long n, ReadOnlySpan<int> shape, long* found, long count)
    {
        long[] counts = Counts(x, n);
        long before = 0;
        for (int i = 0; i < counts.Length; i++) (counts[i], before) = (before, before + counts[i]);
        if (before != count) throw new InvalidOperationException($"The mask has {before} true elements, not {count} as it had when they were counted: it was written meanwhile.");
        int rank = shape.Length;
        fixed (int* sizes = shape)
        fixed (long* begins = counts)
            if (rank > 0 && count > 0) Workers.Run(counts.Length, new FindWork(x, n, sizes, rank, begins, found, count));
    }

    static long[] Counts(byte* x, long n)
    {
        long[] counts = new long[(n + Block - 1) / Block];
        fixed (long* each = counts) Workers.Run(counts.Length, new CountWork(x, n, each));
        return counts;
    }

    readonly struct CountWork(byte* x, long n, long* counts) : IWork
    {
        public void Run(int item)
        {
            var block = new ReadOnlySpan<byte>(x + (long)item * Block, (int)Math.Min(Block, n - (long)item * Block));
            counts[item] = block.Length - block.Count((byte)0);
        }
    }

    readonly struct FindWork(byte* x, long n, int* sizes, int rank, long* begins, long* found, long all) : IWork
    {
        public void Run(int item)
        {
            long at = (long)item * Block, last = Math.Min(n, at + Block), size = sizes[rank - 1];
            long* to = found + begins[item] * rank, end = found + (last < n ? begins[item + 1] : all) * rank;
            while (to < end && at < last)                                    // a mask that somebody writes meanwhile may have fewer
            {
                (long rest, long column) = Math.DivRem(at, size);
                long row = at - column;
                for (int d = rank - 2; d >= 0; d--) (rest, to[d]) = Math.DivRem(rest, sizes[d]);
                to = Row(x + row, column, Math.Min(last - row, size), to, end);
                at = row + size;
            }
        }

        // Each place is written down and stays if it is one, so that there is no branch that nobody could foretell; the leading indices are those of the row.
        long* Row(byte* mask, long i, long stop, long* to, long* end)
        {
            int leading = rank - 1;
            long* row = stackalloc long[rank];
            for (int d = 0; d < leading; d++) row[d] = to[d];
            while (i < stop && to < end)
            {
                if (i + 8 <= stop && *(ulong*)(mask + i) == 0)
                {
                    i += 8;
                    continue;
                }
                for (long some = Math.Min(stop, i + 8); i < some && to < end; i++)
                {
                    if (leading == 1) to[0] = row[0];
                    else for (int d = 0; d < leading; d++) to[d] = row[d];
                    to[leading] = i;
                    to += Unsafe.BitCast<bool, byte>(mask[i] != 0) * rank;
                }
            }
            return to;
        }
    }
}
