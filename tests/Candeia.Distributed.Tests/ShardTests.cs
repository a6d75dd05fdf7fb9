using Candeia.NN;
using Candeia.Ranks;
using Candeia.Training;

namespace Candeia.Distributed.Tests;

/// <summary>With a number of shards, everything has the same bits for any number of ranks: weights, running means, losses, metrics.</summary>
public class ShardTests
{
    [Fact]
    public void One_two_and_four_ranks_come_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        string[] hashes = [.. new[] { 1, 2, 4 }.SelectMany(ranks => Run(ranks, folder[$"{ranks}"]))];
        Assert.Equal(7, hashes.Length);
        Assert.Single(hashes.Distinct());
    }

    [Theory]
    [InlineData(2, 4)]
    [InlineData(4, 1)]
    [InlineData(1, 2)]
    public void A_run_goes_on_with_another_number_of_ranks(int first, int then)
    {
        using var folder = new TemporaryFolder();
        string expected = Run(1, folder["whole"])[0];
        Run(first, folder["broken"], new StopAt(11));                        // in the middle of the second epoch
        Assert.All(Run(then, folder["broken"]), hash => Assert.Equal(expected, hash));
    }

    /// <summary>Each rank streams the archives of its own lanes, in batches that are the same for any number of ranks.</summary>
    [Fact]
    public void Ranks_that_read_their_own_archives_come_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        string[] hashes = [.. new[] { 1, 2, 4 }.SelectMany(ranks => Run(ranks, folder[$"{ranks}"], streams: true))];
        Assert.Equal(7, hashes.Length);
        Assert.Single(hashes.Distinct());
    }

    [Theory]
    [InlineData(2, 4, 3)]
    [InlineData(4, 1, 13)]
    [InlineData(1, 4, 19)]                                                   // when some lanes have ended
    public void A_stream_goes_on_with_another_number_of_ranks(int first, int then, int step)
    {
        using var folder = new TemporaryFolder();
        string expected = Run(1, folder["whole"], streams: true)[0];
        Run(first, folder["broken"], new StopAt(step), streams: true);
        Assert.All(Run(then, folder["broken"], streams: true), hash => Assert.Equal(expected, hash));
    }

    [Fact]
    public void Other_numbers_of_ranks_are_refused()
    {
        var failure = Assert.ThrowsAny<Exception>(() => ThreadRanks.Run(3, world => Experiment.Run(world, "never", 4)));
        Assert.Contains("4 shards cannot be computed by 3 ranks", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_split_optimizer_is_saved_as_a_whole()
    {
        using var folder = new TemporaryFolder();
        Fitted<Together.Net> Fit(ICommunicator world, string name, bool splits, int epochs) => Together.Learner(optimizer: p => new Adam(p, 0.01))
            .With(Together.Parallel(world, shards: 2, splits: splits), new AutoResume(folder[name])).Fit(Together.Batches(128), epochs);
        var whole = Together.Fit(1, world => Fit(world, "whole", splits: false, epochs: 3));
        Together.Fit(2, world => Fit(world, "split", splits: true, epochs: 2));
        Together.SameBits([.. whole, .. Together.Fit(2, world => Fit(world, "split", splits: true, epochs: 3))]);
    }

    static string[] Run(int ranks, string folder, Callback? other = null, bool streams = false)
    {
        var hashes = new string[ranks];
        ThreadRanks.Run(ranks, world => hashes[world.Rank] = streams ? Experiment.Streamed(world, folder, 4, other: other) : Experiment.Run(world, folder, 4, other: other));
        return hashes;
    }

    sealed class StopAt(int step) : Callback
    {
        public override void On(BatchEnd e)
        {
            if (e.Run.Step == step && e.Phase == Phase.Train) e.Run.Stop("for another time", urgent: true);
        }
    }
}
