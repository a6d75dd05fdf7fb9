using Candeia.Ranks;

namespace Candeia.Distributed.Tests;

public class CommunicatorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Threads_keep_what_communicators_promise(int ranks) => ThreadRanks.Run(ranks, Verbs.Check);

    [Fact]
    public void A_process_that_nobody_started_is_alone()
    {
        Verbs.Check(new SingleCommunicator());
        Assert.Equal((0, 1), (World.Ranks.Rank, World.Ranks.Size));
    }

    [Fact]
    public void A_rank_that_fails_ends_the_others()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => ThreadRanks.Run(3, world =>
        {
            if (world.Rank == 1) throw new InvalidOperationException("one");
            world.Barrier();
            Assert.Fail("The barrier has let pass.");
        }));
        Assert.Equal("one", failure.Message);
    }

    [Fact]
    public void Ranks_draw_for_themselves()
    {
        var drawn = new double[3];
        ThreadRanks.Run(3, world => drawn[world.Rank] = Generator.Default.NextDouble());
        Assert.Equal([drawn[0], drawn[0], drawn[0]], drawn);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_first_rank_makes_what_the_others_find(int ranks)
    {
        int made = 0;
        ThreadRanks.Run(ranks, world => Assert.Equal(7, World.FirstRankFirst(() =>
        {
            if (world.Rank == 0) Volatile.Write(ref made, 7);
            return Volatile.Read(ref made);
        }, world)));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(4, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(4, true)]
    public void Sums_in_a_fixed_order_have_the_same_bits_for_any_number_of_ranks(int ranks, bool sharesMemory)
    {
        var random = new Generator(1);
        float[][] shards = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 11).Select(_ => (float)(random.NextNormal() * Math.Exp(9 * random.NextNormal()))).ToArray())];
        float[] expected = [.. Enumerable.Range(0, 11).Select(i => (shards[0][i] + shards[1][i]) + (shards[2][i] + shards[3][i]))];
        ThreadRanks.Run(ranks, world =>
        {
            var target = Tensor.Zeros([11]);
            var bucket = Assert.Single(Bucket.For([target], ranks, new(world)));
            for (int i = 0; i < 4 / ranks; i++) bucket.Lay(_ => Tensor.From(shards[world.Rank * 4 / ranks + i]), 1);
            bucket.Sum(world);
            bucket.Give(t => t, 1);
            Assert.Equal(expected, target.ToArray<float>());
        }, sharesMemory);
    }
}
