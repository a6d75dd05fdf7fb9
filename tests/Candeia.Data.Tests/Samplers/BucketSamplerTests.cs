namespace Candeia.Data.Tests;

public class BucketSamplerTests
{
    static readonly int[] s_lengths = [.. new Generator(1).Permutation(1003).Select(i => i % 200)];

    [Fact]
    public void Every_item_comes_once()
    {
        foreach (int batches in (int[])[1, 3, 1000])
            Assert.Equal(Enumerable.Range(0, 1003), new BucketSampler(s_lengths, 10, batches).Order(new(7)).Order());
        Assert.Empty(new BucketSampler([], 10).Order(new(7)));
    }

    [Fact]
    public void Lengths_within_a_batch_are_alike_and_batches_are_not_in_order()
    {
        var batches = new BucketSampler(s_lengths, 10, batches: 20).Order(new(7)).Chunk(10).Select(b => b.Select(i => s_lengths[i]).ToArray()).ToArray();
        Assert.InRange(batches.Take(100).Average(b => b.Max() - b.Min()), 0, 20);           // of 200
        Assert.InRange(new RandomSampler(1003).Order(new(7)).Chunk(10).Average(b => b.Select(i => s_lengths[i]).Max() - b.Select(i => s_lengths[i]).Min()), 100, 200);
        double[] means = [.. batches.Select(b => b.Average())];
        Assert.InRange(means.Zip(means.Skip(1), (a, b) => Math.Abs(a - b)).Average(), 30, 200);
        Assert.Equal(3, batches[^1].Length);
    }

    [Fact]
    public void Epochs_differ_and_can_be_repeated()
    {
        var sampler = new BucketSampler(s_lengths, 10);
        Assert.Equal(sampler.Order(new(7)), sampler.Order(new(7)));
        Assert.NotEqual(sampler.Order(new(7)), sampler.Order(new(8)));
    }
}
