using Candeia.Distributed;

namespace Candeia.Ranks;

/// <summary>What communicators promise, checked with numbers that tell who has sent them.</summary>
public static class Verbs
{
    /// <summary>Throws where a verb is wrong.</summary>
    public static void Check(ICommunicator world)
    {
        int rank = world.Rank, size = world.Size;
        Sums(world, i => (float)i, (a, b) => a + b);
        Sums(world, i => (double)i, (a, b) => a + b);
        Sums(world, i => (long)i, (a, b) => a + b);
        Sums(world, i => i, (a, b) => a + b);

        float[] large = [.. Enumerable.Range(0, 300_001).Select(i => (float)(i % 97 + rank))];
        world.AllReduce<float>(large);
        Same(96 * size + size * (size - 1) / 2f, large[96], "the sum of many");

        double[] most = [rank, -rank];
        world.AllReduce<double>(most, ReduceOp.Max);
        Same((size - 1.0, 0.0), (most[0], most[1] + 0.0), "the largest");

        double[] later = [rank, 1];
        var pending = world.BeginAllReduce(later);
        while (!pending.IsDone) Thread.Yield();
        pending.Wait();
        Same((size * (size - 1) / 2.0, (double)size), (later[0], later[1]), "a sum that was begun");

        for (int from = 0; from < size; from++)
        {
            int[] told = rank == from ? [from, 42] : new int[2];
            world.Broadcast<int>(told, from);
            Same((from, 42), (told[0], told[1]), "what one rank has");
        }

        long[] all = new long[2 * size];
        world.AllGather<long>([rank, 10 * rank], all);
        for (int i = 0; i < size; i++) Same(((long)i, 10L * i), (all[2 * i], all[2 * i + 1]), "what all have");

        byte[] send = [.. Enumerable.Range(0, size).Select(to => (byte)(16 * rank + to))], received = new byte[size];
        world.AllToAll<byte>(send, received);
        for (int from = 0; from < size; from++) Same((byte)(16 * from + rank), received[from], "what each has sent");

        int[] parts = [.. Enumerable.Range(0, 2 * size).Select(i => 100 * rank + i)], swapped = new int[2 * size];
        Ended(world.BeginAllToAll(parts, swapped));
        for (int from = 0; from < size; from++) Same((100 * from + 2 * rank, 100 * from + 2 * rank + 1), (swapped[2 * from], swapped[2 * from + 1]), "what each began to send");
        float[] own = [rank, 7, 8], gathered = new float[2 * size];          // of which the first two are given
        Ended(world.BeginAllGather(own, gathered));
        for (int from = 0; from < size; from++) Same(((float)from, 7f), (gathered[2 * from], gathered[2 * from + 1]), "what all began to give");

        world.Barrier();
        using var other = world.Duplicate();
        double[] one = [1];
        var thread = new Thread(() => other.AllReduce<double>(one));        // two threads of a rank talk at once
        if (world.AllowsThreads) thread.Start();
        world.Barrier();
        if (!world.AllowsThreads) return;
        thread.Join();
        Same(size, one[0], "a sum on a second line");
    }

    /// <summary>Waits as who has something else to do.</summary>
    static void Ended(IPending pending)
    {
        while (!pending.IsDone) pending.Rest();
        pending.Wait();
    }

    static void Sums<T>(ICommunicator world, Func<int, T> of, Func<T, T, T> add) where T : unmanaged
    {
        T[] values = [of(world.Rank), of(7)];
        world.AllReduce<T>(values);
        var (expected, sevens) = (of(0), of(0));
        for (int i = 0; i < world.Size; i++) (expected, sevens) = (add(expected, of(i)), add(sevens, of(7)));
        Same((expected, sevens), (values[0], values[1]), $"the sum of {typeof(T).Name}");
    }

    static void Same<T>(T expected, T found, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, found)) throw new InvalidOperationException($"{what} is {found}, and not {expected}");
    }
}
