namespace Candeia.Tests;

public class DistributionTests
{
    const int N = 100_000;

    // Φ by numerical integration of the density: nothing of the code under test.
    static double Normal(double x)
    {
        double sum = 0.5, h = x / 200;
        for (int i = 0; i < 200; i++) sum += h * Math.Exp(-0.5 * h * h * (i + 0.5) * (i + 0.5)) / Math.Sqrt(2 * Math.PI);
        return sum;
    }

    [Fact]
    public void Uniform()
    {
        var doubles = new double[N];
        new Generator(1).FillUniform(doubles, -2, 3);
        Assert.All(doubles, x => Assert.InRange(x, -2, 3));
        Statistics.AssertUniform([.. doubles.Select(x => (x + 2) / 5)]);
        var singles = new float[N];
        new Generator(2).FillUniform(singles, -2, 3);
        Statistics.AssertUniform([.. singles.Select(x => (x + 2.0) / 5)]);
    }

    [Fact]
    public void Uniform_stays_below_its_bound()
    {
        var values = new float[N];
        float high = MathF.BitIncrement(1);
        new Generator(1).FillUniform(values, 1, high);
        Assert.All(values, x => Assert.Equal(1, x));
        new Generator(1).FillUniform(values, 5, 5);
        Assert.All(values, x => Assert.Equal(5, x));
    }

    [Fact]
    public void Normal_numbers()
    {
        var doubles = new double[N];
        new Generator(3).FillNormal(doubles, 1, 2);
        Statistics.AssertMoments(doubles, 1, 4);
        Statistics.AssertFollows(doubles, x => Normal((x - 1) / 2));
        var singles = new float[N];
        new Generator(4).FillNormal(singles, -1, 0.5f);
        Statistics.AssertFollows([.. singles.Select(x => (double)x)], x => Normal((x + 1) / 0.5));
        Assert.All(singles, x => Assert.True(float.IsFinite(x)));
        Assert.True(double.IsFinite(NormalDouble.Standard(0)) && double.IsFinite(NormalDouble.Standard(ulong.MaxValue)));
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(9.99)]
    [InlineData(10)]
    [InlineData(33.3)]
    [InlineData(1000)]
    public void Poisson(double mean)
    {
        var random = new Generator(5);
        var counts = new Dictionary<int, int>();
        for (int i = 0; i < N; i++)
        {
            int k = random.NextPoisson(mean);
            counts[k] = counts.GetValueOrDefault(k) + 1;
        }
        List<int> observed = [];
        List<double> expected = [];
        double p = Math.Exp(-mean), tail = N;
        int seen = 0;
        for (int k = 0; k < mean + 10 * Math.Sqrt(mean) + 10; k++)
        {
            double logP = -mean + k * Math.Log(mean);
            for (int j = 2; j <= k; j++) logP -= Math.Log(j);
            if (N * Math.Exp(logP) < 10) continue;
            observed.Add(counts.GetValueOrDefault(k));
            expected.Add(N * Math.Exp(logP));
            seen += observed[^1];
            tail -= expected[^1];
        }
        Statistics.AssertChiSquare([.. observed, N - seen], [.. expected, Math.Max(tail, 1)]);
    }

    [Fact]
    public void Poisson_at_the_edges()
    {
        var random = new Generator(6);
        Assert.Equal(0, random.NextPoisson(0));
        Assert.InRange(random.NextPoisson(1 << 30), (1 << 30) - 200_000, (1 << 30) + 200_000);
    }

    [Fact]
    public void Integers_are_unbiased()
    {
        var random = new Generator(7);
        var counts = new int[6];
        for (int i = 0; i < N; i++) counts[random.NextInt(6)]++;
        Statistics.AssertChiSquare(counts, [.. counts.Select(_ => N / 6.0)]);
        // A range for which a remainder would be off by a third.
        const int wide = 3 << 29;
        int low = 0;
        for (int i = 0; i < N; i++) if (random.NextInt(wide) < wide / 2) low++;
        Assert.InRange(low, N / 2 - 800, N / 2 + 800);

        var longs = new long[N];
        random.FillIntegers(longs, -3, 3);
        for (int i = 0; i < 6; i++) counts[i] = longs.Count(x => x == i - 3);
        Assert.Equal(N, counts.Sum());
        Statistics.AssertChiSquare(counts, [.. counts.Select(_ => N / 6.0)]);
        random.FillIntegers(longs, long.MinValue, long.MaxValue);
        Assert.InRange(longs.Count(x => x < 0), N / 2 - 800, N / 2 + 800);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    [InlineData(1)]
    public void Bernoulli_trials(double p)
    {
        var values = new byte[N];
        new Generator(8).FillBernoulli(values, p);
        Assert.All(values, x => Assert.InRange(x, 0, 1));
        double sd = Math.Sqrt(N * p * (1 - p));
        Assert.InRange(values.Sum(x => x), N * p - 4.5 * sd, N * p + 4.5 * sd);
    }

    /// <summary>A permutation, each place as often as another, drawn where it is needed.</summary>
    [Fact]
    public void Permutations()
    {
        int[] first = new int[5];
        var random = new Generator(9);
        for (int i = 0; i < 2000; i++)
        {
            long[] order = Tensor.Randperm(5, random).ToArray<long>();
            Assert.Equal([0, 1, 2, 3, 4], order.Order());
            first[order[0]]++;
        }
        Statistics.AssertChiSquare(first, [.. first.Select(_ => 400.0)]);
        Assert.Equal(0, Tensor.Randperm(0).Numel);
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Randperm(-1));

        var device = new ForeignDevice();
        var there = Tensor.Randperm(1000, new Generator(3), device);
        Assert.Equal((0, 0, 0), (device.Uploads, device.Reads, device.Fallbacks));
        Assert.Equal(Tensor.Randperm(1000, new Generator(3)).ToArray<long>(), there.ToArray<long>());
    }
}
