using Candeia.Data;
using Candeia.Training;

namespace Candeia.Distributed.Tests;

/// <summary>Gradients that travel as bfloat16.</summary>
public class NarrowSumTests
{
    static DataParallel Narrow(ICommunicator world, int? shards = null, bool overlap = true) =>
        new(shards, world) { Patience = TimeSpan.FromMinutes(2), SendsBFloat16 = true, Overlap = overlap };

    /// <summary>Half a unit of the last of 8 bits for each summand, and once more for the sum: 2⁻⁸ each, of magnitudes, for the numbers may cancel.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Sums_are_off_by_two_roundings(int ranks)
    {
        float[][] values = [.. Enumerable.Range(0, ranks).Select(rank => Tensor.Randn([1200], generator: new Generator((ulong)rank + 1)).ToArray<float>())];
        float[][] found = new float[ranks][];
        ThreadRanks.Run(ranks, world =>
        {
            float[] own = [.. values[world.Rank]];
            new NarrowSum(own.Length).Over(world, own);
            found[world.Rank] = own;
        });
        Assert.All(found, f => Assert.Equal(found[0], f));
        for (int i = 0; i < 1200; i++)
        {
            double sum = values.Sum(v => (double)v[i]), magnitude = values.Sum(v => Math.Abs((double)v[i]));
            Assert.InRange(Math.Abs(found[0][i] - sum), 0, ranks == 1 ? 0 : magnitude * Math.Pow(2, -7));
        }
        Assert.Equal(ranks > 1, found[0].Zip(values[0]).Any(f => f.First != f.Second));
    }

    /// <summary>The rounding is the tensors' own, whatever the bits: numbers of all sizes, halves, infinities, and what is no number.</summary>
    [Fact]
    public void Numbers_are_rounded_as_tensors_are()
    {
        var random = new Random(7);
        float[] numbers = [.. Enumerable.Range(0, 3001).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue))), 0f, -0f, 1.00390625f, 1.01171875f, float.MaxValue,
            float.Epsilon, float.PositiveInfinity, float.NegativeInfinity, float.NaN, BitConverter.UInt32BitsToSingle(0x7F800001), BitConverter.UInt32BitsToSingle(0xFFFFFFFF)];
        byte[] packed = new byte[2 * numbers.Length];
        float[] found = new float[numbers.Length];
        NarrowSum.Pack(numbers, packed);
        NarrowSum.Unpack(packed, found);
        Assert.Equal(Tensor.From(numbers).To(DType.BFloat16).To(DType.Float32).ToArray<float>(), found);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Trainings_come_near_those_of_one_process_and_every_rank_has_the_same_bits(int ranks, bool overlap)
    {
        var one = Together.Fit(1, _ => [])[0];
        var narrow = Together.Fit(ranks, world => [Narrow(world, overlap: overlap)]);
        Together.SameBits(narrow);
        Together.Near(one, narrow[0], within: 0.02);
        Assert.NotEqual(Together.Fit(ranks, world => [Together.Parallel(world)])[0].Weights, narrow[0].Weights);
        Assert.Equal(narrow[0].Weights, Together.Fit(ranks, world => Together.Learner().With(Narrow(world, overlap: overlap)).Fit(Together.Batches(), 2,
            Together.Points(23).Loader(5, workers: 0, seed: 2)), sharesMemory: true)[0].Weights);       // wherever the ranks are
    }

    [Fact]
    public void It_does_not_go_with_shards()
    {
        var failure = Assert.ThrowsAny<Exception>(() => Together.Fit(2, world => [Narrow(world, shards: 2)]));
        Assert.Contains("SendsBFloat16 does not go with a number of shards", failure.Message, StringComparison.Ordinal);
    }
}
