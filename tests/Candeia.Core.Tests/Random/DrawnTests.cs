namespace Candeia.Tests;

/// <summary>Numbers drawn from distributions: their moments, where they come from, and what is refused.</summary>
public class DrawnTests
{
    const int N = 200_000;

    static void Moments(Tensor x, double mean, double variance)
    {
        var (v, m) = x.To(DType.Float64).VarMean();
        double error = 6 * Math.Sqrt(variance / N);
        Assert.InRange(m.Item(), mean - error, mean + error);
        Assert.InRange(v.Item(), variance * 0.95, variance * 1.05);
    }

    [Fact]
    public void Means_and_variances_are_those_of_the_distributions()
    {
        foreach (var dtype in new[] { DType.Float32, DType.Float64 })
        {
            Moments(Tensor.Exponential([N], 2, dtype, new Generator(1)), 0.5, 0.25);
            Moments(Tensor.Geometric([N], 0.25, dtype, new Generator(2)), 4, 12);
            Moments(Tensor.LogNormal([N], 0, 0.5, dtype, new Generator(3)), Math.Exp(0.125), (Math.Exp(0.25) - 1) * Math.Exp(0.25));
            foreach (double mean in new[] { 0.3, 9, 50, 1000 }) Moments(Tensor.Full([N], mean, dtype).Poisson(new Generator(4)), mean, mean);
            foreach (double shape in new[] { 0.3, 1, 5.5 }) Moments(Tensor.Full([N], shape, dtype).StandardGamma(new Generator(5)), shape, shape);
            Moments(Tensor.Full([N], 0.3, dtype).Bernoulli(new Generator(6)), 0.3, 0.21);
            Moments(Tensor.Normal(Tensor.Full([N], 3, dtype), 2, new Generator(7)), 3, 4);
            var cauchy = Tensor.Cauchy([N], 1, 2, dtype, new Generator(8));
            Assert.InRange(cauchy.Median().Item(), 0.95, 1.05);
            Assert.InRange(((cauchy - 1).Abs() < 2).To(DType.Float64).Mean().Item(), 0.49, 0.51);
        }
    }

    [Fact]
    public void Distribution_functions_are_those_of_the_draws()
    {
        static void Check(Tensor draws, Func<double, double> cdf)
        {
            double[] sorted = draws.To(DType.Float64).Sort().Values.ToArray<double>();
            double worst = 0;
            for (int i = 0; i < sorted.Length; i++) worst = Math.Max(worst, Math.Max(Math.Abs(cdf(sorted[i]) - i / (double)sorted.Length), Math.Abs(cdf(sorted[i]) - (i + 1.0) / sorted.Length)));
            Assert.InRange(worst, 0, 1.95 / Math.Sqrt(sorted.Length));       // Kolmogorov and Smirnov: one in a thousand
        }
        Check(Tensor.Exponential([N], 2, DType.Float64, new Generator(11)), x => 1 - Math.Exp(-2 * x));
        Check(Tensor.Cauchy([N], 1, 2, DType.Float64, new Generator(12)), x => 0.5 + Math.Atan((x - 1) / 2) / Math.PI);
        Check(Tensor.Full([N], 1.0).StandardGamma(new Generator(13)), x => 1 - Math.Exp(-x));
        Check(Tensor.Full([N], 2.0).StandardGamma(new Generator(14)), x => 1 - Math.Exp(-x) * (1 + x));
    }

    [Fact]
    public void Positions_are_drawn_as_often_as_their_weights_say()
    {
        Tensor weights = Tensor.From([0.0, 1, 3, 0, 4]);
        long[] counts = weights.Multinomial(N, replacement: true, new Generator(21)).BinCount(minLength: 5).ToArray<long>();
        Assert.Equal((0L, 0L), (counts[0], counts[3]));
        for (int i = 0; i < 5; i++) Assert.InRange(counts[i] / (double)N, weights[i].Item() / 8 - 0.006, weights[i].Item() / 8 + 0.006);
        var firsts = weights.Expand(N, 5).Multinomial(3, generator: new Generator(22));
        Assert.Equal([N, 3], firsts.Shape);
        Assert.True(firsts.Sort().Values.Equal(Tensor.From([1L, 2, 4]).Expand(N, 3)));
        long[] first = firsts[.., 0].BinCount(minLength: 5).ToArray<long>();
        for (int i = 0; i < 5; i++) Assert.InRange(first[i] / (double)N, weights[i].Item() / 8 - 0.006, weights[i].Item() / 8 + 0.006);
    }

    [Fact]
    public void The_same_numbers_come_of_a_seed_wherever_an_element_stands()
    {
        var means = Tensor.Full([5000], 30.0);
        var whole = means.Poisson(new Generator(31));
        var generator = new Generator(31);
        var parts = Tensor.Cat([means[..1234].Poisson(generator), means[1234..].Poisson(generator)]);
        Assert.True(whole.Equal(parts));
        Assert.True(means.StandardGamma(new Generator(31)).Equal(means.StandardGamma(new Generator(31))));
        Assert.False(means.Poisson(generator).Equal(parts));
        using var _ = Generator.Use(new(31));
        Assert.True(means.Poisson().Equal(whole));
    }

    [Fact]
    public void Alike_means_shape_type_and_nothing_else()
    {
        var x = Tensor.Ones([3, 4], DType.Float64);
        Assert.Equal(([3, 4], DType.Float64), (Tensor.RandLike(x).Shape, Tensor.RandnLike(x).DType));
        Assert.Equal(DType.Int16, Tensor.RandIntLike(x, 0, 5, DType.Int16).DType);
        Assert.Equal(DType.Float32, Tensor.RandnLike(x, DType.Float32).DType);
    }

    [Fact]
    public void What_is_no_distribution_is_refused()
    {
        Tensor negative = Tensor.From([-1.0, 2]), whole = Tensor.From([1L]);
        Assert.Throws<ArgumentOutOfRangeException>(() => negative.Poisson());
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.From([0.0]).StandardGamma());
        Assert.Throws<ArgumentException>(() => whole.Poisson());
        Assert.Throws<ArgumentException>(() => Tensor.From([1.5]).Bernoulli());
        Assert.Throws<ArgumentException>(() => whole.Bernoulli());
        Assert.Throws<ArgumentException>(() => negative.Multinomial(1));
        Assert.Throws<ArgumentException>(() => Tensor.From([1.0, 0]).Multinomial(2));
        Assert.Throws<ArgumentException>(() => Tensor.From([0.0, 0]).Multinomial(1, replacement: true));
        Assert.Throws<ShapeException>(() => Tensor.Ones([1, 1, 1]).Multinomial(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Normal(negative, negative));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Exponential([1], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Geometric([1], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Cauchy([1], 0, -1));
    }
}
