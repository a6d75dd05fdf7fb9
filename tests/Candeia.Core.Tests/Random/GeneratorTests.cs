namespace Candeia.Tests;

public class GeneratorTests
{
    // Fixed for good: a change here changes every generated data set and every seeded run.
    [Fact]
    public void The_first_numbers_of_a_seed_never_change()
    {
        var random = new Generator(777);
        Assert.Equal([0x5A5C541Au, 0xAD10854Du], new[] { random.NextUInt32(), random.NextUInt32() });
        Assert.Equal(0xDE3A67071AD111E2ul, random.NextUInt64());
        Assert.Equal("3FE6B4C91A82D710", BitConverter.DoubleToInt64Bits(random.NextNormal()).ToString("X16"));
        Assert.Equal([9, 5, 7, 1], Enumerable.Range(0, 4).Select(_ => random.NextPoisson(6)));
        Assert.Equal(0xEC552CD00E063239ul, random.Split(1, 2).NextUInt64());
    }

    [Fact]
    public void Filling_equals_drawing_one_by_one()
    {
        const int n = 100_001; // several chunks, the last one short
        var one = new Generator(3);
        var singles = new float[n];
        new Generator(3).FillUniform(singles);
        Assert.All(singles, x => Assert.Equal(one.NextSingle(), x));

        one = new Generator(3);
        new Generator(3).FillUniform(singles, -0.3f, 1.7f);
        Assert.All(singles, x => Assert.Equal(-0.3f + 2f * one.NextSingle(), x));

        one = new Generator(3);
        var bits = new byte[n];
        new Generator(3).FillBernoulli(bits, 0.3);
        Assert.All(bits, x => Assert.Equal(one.NextUInt32() < 0.3 * 4294967296 ? 1 : 0, x));

        (one, var bulk) = (new Generator(4), new Generator(4));
        one.NextUInt32();
        bulk.NextUInt32(); // pairs of words that straddle blocks
        var doubles = new double[n];
        bulk.FillUniform(doubles);
        Assert.All(doubles, x => Assert.Equal(one.NextDouble(), x));
        Assert.Equal(one.State, bulk.State);
        bulk.FillNormal(doubles);
        Assert.All(doubles, x => Assert.Equal(one.NextNormal(), x));
        Assert.Equal(one.State, bulk.State);
    }

    [Fact]
    public void Parts_of_a_stream_are_the_parts_of_its_whole()
    {
        var whole = new float[50_000];
        var random = new Generator(9);
        random.NextUInt32();
        var parts = random.Ahead(0);
        random.FillNormal(whole, 1, 2);
        foreach (var range in new[] { 0..1, 1..7, 31_111..50_000 })
        {
            var part = new float[range.GetOffsetAndLength(whole.Length).Length];
            parts.Ahead(range.Start.Value).FillNormal(part, 1, 2);
            Assert.Equal(whole[range], part);
        }
    }

    [Fact]
    public void Many_threads_share_a_stream_without_repeats()
    {
        var random = new Generator(5);
        var drawn = new ulong[20_000];
        Parallel.For(0, drawn.Length, i => drawn[i] = random.NextUInt64());
        var expected = new Generator(5);
        Assert.Equal(Enumerable.Range(0, drawn.Length).Select(_ => expected.NextUInt64()).Order(), drawn.Order());
    }

    [Fact]
    public void Goes_on_from_a_saved_state()
    {
        var random = new Generator(11).Split(4);
        random.NextPoisson(6);
        var state = random.State;
        var expected = Enumerable.Range(0, 50).Select(_ => random.NextNormal()).ToArray();
        var resumed = new Generator(state);
        Assert.Equal(expected, Enumerable.Range(0, 50).Select(_ => resumed.NextNormal()));
    }

    [Fact]
    public void Splitting_neither_advances_nor_depends_on_the_position()
    {
        var random = new Generator(1);
        var early = random.Split(5, -6);
        Assert.Equal(0ul, random.State.Position);
        random.NextUInt64();
        Assert.Equal(early.State, random.Split(5, -6).State);
        Assert.Equal(early.State, random.Split(5).Split(-6).State);
        Assert.NotEqual(early.State, random.Split(-6, 5).State);
        Assert.Throws<ArgumentException>(() => random.Split());
    }

    [Fact]
    public void Splits_are_independent()
    {
        const int n = 20_000;
        var parent = new Generator(2);
        var streams = new[] { parent, parent.Split(0), parent.Split(1), parent.Split(0, 0), new Generator(3), new Generator(3).Split(0) }
            .Select(g => Enumerable.Range(0, n).Select(_ => g.NextNormal()).ToArray()).ToArray();
        for (int a = 0; a < streams.Length; a++)
            for (int b = 0; b < a; b++)
                Assert.InRange(Math.Abs(streams[a].Zip(streams[b], (x, y) => x * y).Average()), 0, 4.5 / Math.Sqrt(n));
        // The first number over many siblings is as random as one stream.
        Statistics.AssertUniform([.. Enumerable.Range(0, n).Select(i => parent.Split(i).NextDouble())]);
        Statistics.AssertUniform([.. Enumerable.Range(0, n).Select(i => new Generator((ulong)i).NextDouble())]);
    }

    [Fact]
    public void The_default_starts_again_when_seeded()
    {
        Generator.Seed(42);
        Assert.Equal(new Generator(42).State, Generator.Default.State);
    }

    [Fact]
    public void Permutations_hold_every_number_and_every_order()
    {
        var random = new Generator(6);
        Assert.Equal(Enumerable.Range(0, 1000), random.Permutation(1000).Order());
        Assert.Empty(random.Permutation(0));
        var counts = new Dictionary<string, int>();
        for (int i = 0; i < 24_000; i++)
        {
            string order = string.Join(',', random.Permutation(4));
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(24, counts.Count);
        Statistics.AssertChiSquare([.. counts.Values], [.. counts.Values.Select(_ => 1000.0)]);
    }

    [Fact]
    public void Wrong_arguments_are_refused()
    {
        var random = new Generator(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextPoisson(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextPoisson(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.FillBernoulli(new byte[1], 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.FillIntegers(new long[1], 3, 3));
        Assert.Throws<ArgumentException>(() => random.FillUniform(new float[1], 1, float.NaN));
        Assert.Equal(0ul, random.State.Position);
    }

    [Fact]
    public void A_generator_is_the_default_of_one_thread_for_a_while()
    {
        var before = Generator.Default;
        var mine = new Generator(5);
        float[] expected = Tensor.Rand([3], generator: new Generator(5)).ToArray<float>();
        using (Generator.Use(mine))
        {
            Assert.Same(mine, Generator.Default);
            Assert.Equal(expected, Tensor.Rand([3]).ToArray<float>());
            Generator? elsewhere = null;
            var other = new Thread(() => elsewhere = Generator.Default);
            other.Start();
            other.Join();
            Assert.Same(before, elsewhere);
            using (Generator.Use(new(6))) Generator.Seed(5);                 // ends with the inner one
            Assert.Same(mine, Generator.Default);
            Generator.Seed(5);
            Assert.Equal(expected, Tensor.Rand([3]).ToArray<float>());
        }
        Assert.Same(before, Generator.Default);
    }
}
