namespace Candeia.Tests;

[Collection(nameof(ThreadCount))]
public sealed class RelayTests
{
    [Theory]
    [InlineData(1, 5, 1), InlineData(1, 200, 2), InlineData(1, 50, 32), InlineData(3, 40, 7), InlineData(0, 3, 4), InlineData(2, 0, 4)]
    public void Every_part_runs_once_and_after_the_whole_step_before(int chains, int steps, int parts)
    {
        foreach (int threads in new[] { 1, 2, 3, 8 })
        {
            using var _ = new ThreadCount(threads);
            for (int repeat = 0; repeat < 10; repeat++)
            {
                var hits = new int[chains, steps + 1, parts];
                var done = new int[chains];
                Relay.Run(chains, steps, parts, new Watched((chain, step, part) =>
                {
                    Assert.Equal(step * parts, Volatile.Read(ref done[chain]) / parts * parts);
                    Interlocked.Increment(ref hits[chain, step, part]);
                    Interlocked.Increment(ref done[chain]);
                }));
                Assert.All(done, n => Assert.Equal(steps * parts, n));
                for (int chain = 0; chain < chains; chain++)
                    for (int step = 0; step < steps; step++)
                        for (int part = 0; part < parts; part++) Assert.Equal(1, hits[chain, step, part]);
            }
        }
    }

    [Fact]
    public void Threads_do_parts_of_the_same_step_at_one_time()
    {
        using var _ = new ThreadCount(2);
        using var both = new Barrier(2);
        Relay.Run(1, 100, 2, new Watched((_, _, _) => Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30)))));
    }

    [Fact]
    public void Who_has_nobody_to_share_with_does_all_parts()
    {
        using var _ = new ThreadCount(2);
        long sum = 0;
        Workers.Run(6, i => Relay.Run(2, 20, 4, new Watched((_, _, part) => Interlocked.Add(ref sum, part))));     // all threads are busy
        Assert.Equal(6 * 2 * 20 * 6, sum);
    }

    [Fact]
    public void A_failure_reaches_the_caller_and_nobody_waits_for_what_failed()
    {
        foreach (int threads in new[] { 1, 2, 5 })
        {
            using var _ = new ThreadCount(threads);
            for (int repeat = 0; repeat < 20; repeat++)
            {
                var e = Assert.Throws<InvalidOperationException>(() => Relay.Run(1, 50, 8, new Watched((_, step, part) =>
                {
                    if (step == 7 && part == 3) throw new InvalidOperationException("part 3");
                    Assert.InRange(step, 0, 7);
                })));
                Assert.Equal("part 3", e.Message);
            }
        }
    }

    readonly struct Watched(Action<int, int, int> run) : IRelayWork
    {
        public void Run(nint chain, nint step, nint part) => run((int)chain, (int)step, (int)part);
    }
}
