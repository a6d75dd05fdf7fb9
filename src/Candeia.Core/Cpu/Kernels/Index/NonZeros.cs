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
            if (rank > 0 && count > 0) Workers.Run(counts.Length, new FindWork(x, n, sizes, rank, begins, found));
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

    readonly struct FindWork(byte* x, long n, int* sizes, int rank, long* begins, long* found) : IWork
    {
        public void Run(int item)
        {
            long first = (long)item * Block;
            long* to = found + begins[item] * rank;
            var block = new ReadOnlySpan<byte>(x + first, (int)Math.Min(Block, n - first));
            long row = 0, end = 0;                                           // where the row of the last one that was found begins and ends
            for (int i = block.IndexOfAnyExcept((byte)0); i >= 0;)
            {
                long at = first + i;
                if (at >= end)
                {
                    (long rest, row, end) = (at / sizes[rank - 1], at - at % sizes[rank - 1], 0);
                    end = row + sizes[rank - 1];
                    for (int d = rank - 2; d >= 0; d--) (rest, to[d]) = Math.DivRem(rest, sizes[d]);
                }
                else for (int d = rank - 2; d >= 0; d--) to[d] = to[d - rank];
                to[rank - 1] = at - row;
                to += rank;
                int next = block[(i + 1)..].IndexOfAnyExcept((byte)0);
                i = next < 0 ? -1 : i + 1 + next;
            }
        }
    }
}
