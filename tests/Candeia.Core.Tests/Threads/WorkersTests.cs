using System.Collections.Concurrent;

namespace Candeia.Tests;

[Collection(nameof(ThreadCount))]
public sealed class WorkersTests
{
    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(3), InlineData(64), InlineData(10_000)]
    public void Every_item_runs_once(int count)
    {
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            using var _ = new ThreadCount(threads);
            for (int repeat = 0; repeat < 20; repeat++)
            {
                var hits = new int[count];
                Workers.Run(count, i => Interlocked.Increment(ref hits[i]));
                Assert.All(hits, h => Assert.Equal(1, h));
            }
        }
    }

    [Fact]
    public void All_threads_take_part_when_there_is_enough_to_do()
    {
        using var _ = new ThreadCount(3);
        using var all = new Barrier(3);
        Workers.Run(3, i => Assert.True(all.SignalAndWait(TimeSpan.FromSeconds(30))));      // passes only if three threads meet
    }

    [Fact]
    public void Each_thread_begins_with_a_share_of_its_own()
    {
        using var _ = new ThreadCount(3);
        using var all = new Barrier(3);
        var first = new ConcurrentDictionary<int, int>();
        Workers.Run(300, i =>
        {
            if (first.TryAdd(Environment.CurrentManagedThreadId, i)) Assert.True(all.SignalAndWait(TimeSpan.FromSeconds(30)));
        });
        Assert.Equal([0, 100, 200], first.Values.Order());
    }

    [Fact]
    public void Who_watches_is_told_of_every_item_and_calls_inside_items_are_part_of_them()
    {
        using var _ = new ThreadCount(3);
        List<long[]> told = [];
        Workers.Watcher = (_, times) => told.Add(times);
        long sum = 0;
        try { Workers.Run(4, i => Workers.Run(10, j => sum += j)); }
        finally { Workers.Watcher = null; }
        Assert.Equal(180, sum);
        Assert.Equal(5, Assert.Single(told).Length);
        Assert.Equal(told[0].Order(), told[0]);
    }

    [Fact]
    public void Who_computes_alone_does_every_item_on_its_own_thread_until_it_has_ended_that()
    {
        using var _ = new ThreadCount(3);
        HashSet<int> threads = [];
        using (Threads.Alone())
        {
            Workers.Run(50, i => Workers.Run(3, j => threads.Add(Environment.CurrentManagedThreadId)));
            using (Threads.Alone()) Workers.Run(3, i => threads.Add(Environment.CurrentManagedThreadId));
            Workers.Run(50, i => threads.Add(Environment.CurrentManagedThreadId));
        }
        Assert.Equal(Environment.CurrentManagedThreadId, Assert.Single(threads));
        using var all = new Barrier(3);
        Workers.Run(3, i => Assert.True(all.SignalAndWait(TimeSpan.FromSeconds(30))));
    }

    [Fact]
    public void Never_more_threads_than_asked_for()
    {
        using (new ThreadCount(8)) Workers.Run(100, i => Thread.SpinWait(1000));
        using var _ = new ThreadCount(2);
        int inside = 0, most = 0;
        Workers.Run(200, i =>
        {
            int now = Interlocked.Increment(ref inside);
            lock (this) most = Math.Max(most, now);
            Thread.SpinWait(500);
            Interlocked.Decrement(ref inside);
        });
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public void Calls_inside_items_come_to_an_end()
    {
        using var _ = new ThreadCount(4);
        long sum = 0;
        Workers.Run(20, i => Workers.Run(20, j => Workers.Run(5, k => Interlocked.Add(ref sum, i * 100 + j * 5 + k))));
        Assert.Equal(Enumerable.Range(0, 2000).Sum(), sum);
    }

    [Fact]
    public void Calls_from_many_threads_at_once_come_to_an_end()
    {
        using var _ = new ThreadCount(3);
        var sums = new long[100];                                                            // more callers than jobs that can be open
        var callers = sums.Select((_, n) => new Thread(() =>
        {
            for (int repeat = 0; repeat < 50; repeat++) Workers.Run(17, i => Interlocked.Add(ref sums[n], i));
        })).ToArray();
        foreach (var c in callers) c.Start();
        foreach (var c in callers) Assert.True(c.Join(TimeSpan.FromSeconds(60)));
        Assert.All(sums, s => Assert.Equal(50 * 136, s));
    }

    [Fact]
    public void The_lowest_failure_reaches_the_caller_and_the_rest_is_given_up()
    {
        foreach (int threads in new[] { 1, 2, 5 })
        {
            using var _ = new ThreadCount(threads);
            for (int repeat = 0; repeat < 100; repeat++)
            {
                int ran = 0;
                var e = Assert.Throws<InvalidOperationException>(() => Workers.Run(1_000_000, i =>
                {
                    Interlocked.Increment(ref ran);
                    if (i >= 7) throw new InvalidOperationException($"item {i}");
                }));
                Assert.Equal("item 7", e.Message);
                Assert.InRange(ran, 8, 7 + threads);
            }
            int after = 0;
            Workers.Run(100, i => Interlocked.Increment(ref after));
            Assert.Equal(100, after);
        }
    }

    [Fact]
    public void The_struct_form_allocates_nothing()
    {
        using var _ = new ThreadCount(2);
        var counts = new long[2];
        Workers.Run(2, new Add(counts));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) Workers.Run(2, new Add(counts));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal([1001, 1001], counts);
    }

    [Fact]
    public void Objects_in_the_work_survive_collections_meanwhile()
    {
        using var _ = new ThreadCount(3);
        for (int repeat = 0; repeat < 20; repeat++)
            Workers.Run(8, new Fresh([new object(), new string('x', repeat + 1)], repeat + 1));
    }

    [Fact]
    public void Pieces_cover_the_range_whatever_the_threads()
    {
        foreach (int threads in new[] { 1, 3 })
        {
            using var _ = new ThreadCount(threads);
            var pieces = new List<(nint, nint)>();
            Workers.Split(25, 10, new Collect(pieces));
            Assert.Equal([(0, 10), (10, 20), (20, 25)], pieces.Order());
            Workers.Split(0, 10, new Collect(pieces));
            Assert.Equal(3, pieces.Count);
        }
    }

    [Fact]
    public void A_worker_that_sleeps_is_woken()
    {
        using var _ = new ThreadCount(2);
        Workers.Run(2, i => { });
        for (int repeat = 0; repeat < 5; repeat++)
        {
            Thread.Sleep(20);                                                                // far beyond the time a worker stays awake
            using var both = new Barrier(2);
            Workers.Run(2, i => Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30))));
        }
    }

    [Theory]
    [InlineData(null, 0), InlineData("", 0), InlineData("1", 1), InlineData(" 12 ", 12), InlineData("1024", 1024)]
    public void The_variable_is_a_number(string? text, int expected) =>
        Assert.Equal(expected == 0 ? Environment.ProcessorCount : expected, Threads.Parse(text));

    [Theory]
    [InlineData("0"), InlineData("-1"), InlineData("two"), InlineData("1025"), InlineData("1.5")]
    public void Anything_else_in_the_variable_is_refused(string text) =>
        Assert.Contains(text, Assert.Throws<InvalidOperationException>(() => Threads.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0), InlineData(-3), InlineData(1025)]
    public void A_count_out_of_range_is_refused(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Threads.Count = count);

    readonly struct Add(long[] counts) : IWork
    {
        public void Run(int item) => counts[item]++;
    }

    readonly struct Fresh(object[] objects, int length) : IWork
    {
        public void Run(int item)
        {
            if (item % 3 == 0) GC.Collect(0);
            Thread.SpinWait(100);
            Assert.Equal(length, ((string)objects[1]).Length);
        }
    }

    readonly struct Collect(List<(nint, nint)> pieces) : IRangeWork
    {
        public void Run(nint from, nint to) { lock (pieces) pieces.Add((from, to)); }
    }
}
