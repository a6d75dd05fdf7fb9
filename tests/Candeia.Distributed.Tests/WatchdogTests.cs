using Candeia.Training;

namespace Candeia.Distributed.Tests;

public class WatchdogTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_rank_that_hangs_is_named_with_the_step_and_what_is_waited_for(bool sharesMemory)
    {
        Together.Fit(3, world => [Together.Parallel(world)], epochs: 1);     // compiles what is compiled, which takes a while on a busy machine
        using var release = new ManualResetEventSlim();
        string[] told = new string[3];
        ThreadRanks.Run(3, world =>
        {
            try
            {
                Together.Learner().With(new DataParallel(ranks: world) { Patience = TimeSpan.FromSeconds(8) }, new Hang(world.Rank == 1 ? release : null))
                    .Fit(Together.Batches(), epochs: 9);
            }
            catch (DistributedException e)
            {
                told[world.Rank] = e.Message;
                release.Set();
            }
        }, sharesMemory);
        Assert.Matches(@"^Rank [02] of 3, after 5 steps, has waited \d+ s for .+ of rank 1, which hangs", told[0]);
        Assert.Equal(told[0], told[2]);
    }

    /// <summary>Who has been promised more time does not give up; who waits afterwards does.</summary>
    [Fact]
    public void A_wait_that_was_announced_may_last_longer_once()
    {
        using var lost = new ManualResetEventSlim();
        string told = "";
        ThreadRanks.Run(2, world =>
        {
            using var watchdog = new Watchdog(world, TimeSpan.FromSeconds(1));
            watchdog.Allow(TimeSpan.FromMinutes(5));
            if (world.Rank == 1) Thread.Sleep(TimeSpan.FromSeconds(5));      // five times what the other has patience for
            watchdog.While("what was announced", world.Barrier);
            if (world.Rank == 1) lost.Wait();
            else
            {
                told = Assert.Throws<DistributedException>(() => watchdog.While("what was not", world.Barrier)).Message;
                lost.Set();
            }
        });
        Assert.Contains("for what was not of rank 1", told, StringComparison.Ordinal);
    }

    sealed class Hang(ManualResetEventSlim? release) : Callback
    {
        public override void On(BatchEnd e)
        {
            if (e.Run.Step == 5) release?.Wait();
        }
    }
}
