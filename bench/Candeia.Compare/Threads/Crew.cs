namespace Candeia.Compare;

/// <summary>
/// What a call of the workers would take with some number of threads, from what each of its items takes: the rules are those of Core's <c>Job</c>. Each thread begins with a share of
/// its own, and takes from that with most left when it is done. What the threads have in common beyond counters, memory above all, is not in it.
/// </summary>
static class Crew
{
    const int MostShares = 16;                              // as Job has them

    // What passes between two cores, in seconds: a claim of an item, during which no other thread claims one of the same share, and a line that others read or write.
    const double Claim = 20e-9, Word = 100e-9;

    /// <summary>Seconds until all items are done and the caller knows.</summary>
    /// <param name="items">Seconds of each.</param>
    /// <param name="threads">How many threads take part; they are awake.</param>
    public static double Seconds(ReadOnlySpan<double> items, int threads)
    {
        int shares = Math.Min(Math.Min(items.Length, threads), MostShares), took = 0;
        int[] next = new int[shares], end = new int[shares];
        double[] free = new double[shares];
        for (int s = 0; s < shares; s++) (next[s], end[s]) = ((int)((long)items.Length * s / shares), (int)((long)items.Length * (s + 1) / shares));
        var ready = new PriorityQueue<int, double>();
        // The others see the call one after the other: the line it is announced on goes from core to core.
        for (int t = 0; t < threads; t++) ready.Enqueue(t, t == 0 ? 0 : 2 * Word + t * Claim);
        double last = 0;
        while (ready.TryDequeue(out int thread, out double time))
        {
            int share = thread % shares;
            if (next[share] == end[share])
            {
                share = 0;
                for (int s = 1; s < shares; s++) if (end[s] - next[s] > end[share] - next[share]) share = s;
                if (next[share] == end[share])
                {
                    took++;
                    continue;
                }
            }
            double claimed = free[share] = Math.Max(time, free[share]) + (thread % shares == share && threads <= shares ? Claim : Claim + Word);
            double done = claimed + items[next[share]++];
            last = Math.Max(last, done);
            ready.Enqueue(thread, done);
        }
        return last + Word + Math.Min(took, items.Length) * Claim;
    }
}
