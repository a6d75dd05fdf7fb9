using D = Candeia.Distributions;

namespace Candeia.Tests;

/// <summary>What is drawn has the distribution that the densities and distribution functions say, and the gradients that differences say.</summary>
public class DrawnDistributionTests
{
    const int Draws = 100_000;

    static Tensor T(double x) => Tensor.Scalar(x, DType.Float64);

    static readonly Dictionary<string, Func<D.Distribution>> s_smooth = new()
    {
        ["normal"] = () => new D.Normal(T(0.5), T(2)),
        ["log_normal"] = () => new D.LogNormal(T(0.2), T(0.4)),
        ["half_normal"] = () => new D.HalfNormal(T(1.5)),
        ["uniform"] = () => new D.Uniform(T(-1), T(2)),
        ["laplace"] = () => new D.Laplace(T(0.3), T(0.7)),
        ["exponential"] = () => new D.Exponential(T(1.7)),
        ["gamma"] = () => new D.Gamma(T(2.3), T(1.4)),
        ["gamma of a small shape"] = () => new D.Gamma(T(0.4), T(1)),
        ["chi2"] = () => new D.Chi2(T(3)),
        ["beta"] = () => new D.Beta(T(2), T(3.5)),
        ["student_t"] = () => new D.StudentT(T(7), T(1), T(0.5)),
        ["mixture"] = () => new D.MixtureSameFamily(new D.Categorical(Tensor.From([0.3, 0.7])), new D.Normal(Tensor.From([-2.0, 1]), Tensor.From([0.5, 1]))),
        ["transformed"] = () => new D.TransformedDistribution(new D.Normal(T(0), T(1)), new D.AffineTransform(T(1), T(-0.5)), new D.SigmoidTransform()),
    };

    static readonly Dictionary<string, (Func<D.Distribution> Make, int Most)> s_counts = new()
    {
        ["bernoulli"] = (() => new D.Bernoulli(T(0.3)), 1),
        ["geometric"] = (() => new D.Geometric(T(0.35)), 60),
        ["poisson"] = (() => new D.Poisson(T(3.2)), 60),
        ["poisson of a large rate"] = (() => new D.Poisson(T(40)), 150),
        ["binomial"] = (() => new D.Binomial(T(9), T(0.4)), 9),
        ["binomial of many trials"] = (() => new D.Binomial(T(300), T(0.15)), 300),
        ["categorical"] = (() => new D.Categorical(Tensor.From([0.2, 0.5, 0.3])), 2),
    };

    public static TheoryData<string> Smooth => [.. s_smooth.Keys];

    public static TheoryData<string> Counts => [.. s_counts.Keys];

    /// <summary>Numbers at which the distribution function is 0 and 1, as good as.</summary>
    static (double Low, double High) Range(string name, double[] sorted)
    {
        double more = (sorted[^1] - sorted[0]) * 2;
        return name switch
        {
            "uniform" => (-1, 2),
            "beta" or "transformed" => (0, 1),
            "log_normal" or "half_normal" or "exponential" or "gamma" or "gamma of a small shape" or "chi2" => (0, sorted[^1] + more),
            _ => (sorted[0] - more, sorted[^1] + more),
        };
    }

    /// <summary>The distribution function where it has no closed form: the integral of the density, in equal steps, by Simpson's rule.</summary>
    static (double[] X, double[] Cdf) Integrated(D.Distribution d, double low, double high)
    {
        const int steps = 40_000;
        double h = (high - low) / steps;
        double tiny = h * 1e-9;
        var x = Tensor.From([.. Enumerable.Range(0, 2 * steps + 1).Select(i => i == 0 ? low + tiny : i == 2 * steps ? high - tiny : low + h / 2 * i)]);
        double[] p = d.LogProb(x).Exp().ToArray<double>(), sum = new double[steps + 1];
        for (int i = 0; i < steps; i++) sum[i + 1] = sum[i] + h / 6 * (p[2 * i] + 4 * p[2 * i + 1] + p[2 * i + 2]);
        return ([.. Enumerable.Range(0, steps + 1).Select(i => low + h * i)], sum);
    }

    [Theory, MemberData(nameof(Smooth))]
    public void Draws_follow_the_distribution_function(string name)
    {
        var d = s_smooth[name]();
        double[] x = d.Sample([Draws], new Generator(11)).ToArray<double>();
        Array.Sort(x);
        double[] cdf;
        try { cdf = d.Cdf(Tensor.From(x)).ToArray<double>(); }
        catch (NotSupportedException)
        {
            var (low, high) = Range(name, x);
            var (at, sum) = Integrated(d, low, high);
            cdf = [.. x.Select(v => { double k = (v - low) / (at[1] - at[0]); int i = Math.Clamp((int)k, 0, sum.Length - 2); return sum[i] + (k - i) * (sum[i + 1] - sum[i]); })];
        }
        double most = 0;
        for (int i = 0; i < x.Length; i++) most = Math.Max(most, Math.Max(cdf[i] - (double)i / Draws, (i + 1.0) / Draws - cdf[i]));
        Assert.True(most * Math.Sqrt(Draws) < 1.95, $"Kolmogorov and Smirnov's distance is {most}");      // exceeded once in a thousand times
    }

    [Theory, MemberData(nameof(Smooth))]
    public void Densities_integrate_to_one(string name)
    {
        if (name == "gamma of a small shape") return;                        // has a pole
        var d = s_smooth[name]();
        double[] x = d.Sample([1000], new Generator(3)).ToArray<double>();
        Array.Sort(x);
        var (low, high) = Range(name, x);
        Assert.Equal(1, Integrated(d, low, high).Cdf[^1], 2e-4);
    }

    [Theory, MemberData(nameof(Smooth))]
    public void Quantiles_are_the_inverse(string name)
    {
        var d = s_smooth[name]();
        var p = Tensor.Linspace(0.02, 0.98, 25, DType.Float64);
        try { Assert.True((d.Cdf(d.Icdf(p)) - p).Abs().Max().Item() < 1e-12); }
        catch (NotSupportedException e) { Assert.Contains("quantile", e.Message, StringComparison.Ordinal); }
    }

    static void Moments(D.Distribution d, Tensor x)
    {
        double mean, variance;
        try { (mean, variance) = (d.Mean.Item(), d.Variance.Item()); }
        catch (NotSupportedException) { return; }
        if (double.IsNaN(mean)) return;
        x = x.To(DType.Float64);
        double error = Math.Sqrt(variance / Draws), fourth = (x - mean).Pow(4).Mean().Item();
        Assert.Equal(mean, x.Mean().Item(), 5 * error);
        Assert.Equal(variance, x.Var([0]).Item(), 6 * Math.Sqrt(Math.Max(0, fourth - variance * variance) / Draws) + 1e-9);
    }

    [Theory, MemberData(nameof(Smooth))]
    public void Moments_are_those_of_draws(string name) => Moments(s_smooth[name](), s_smooth[name]().Sample([Draws], new Generator(5)));

    [Theory, MemberData(nameof(Counts))]
    public void Counts_are_drawn_as_often_as_they_are_likely(string name)
    {
        var (make, most) = s_counts[name];
        var d = make();
        var x = d.Sample([Draws], new Generator(8));
        Moments(d, x);
        double[] p = d.LogProb(Tensor.Arange(most + 1).To(DType.Float64)).Exp().ToArray<double>();
        Assert.Equal(1, p.Sum(), 1e-6);
        var seen = new double[most + 1];
        foreach (double v in x.ToArray<double>()) seen[(int)v]++;
        double chi2 = 0;
        int cells = 0;
        for (int k = 0; k <= most; k++)
        {
            if (p[k] * Draws < 10) continue;
            chi2 += Math.Pow(seen[k] - p[k] * Draws, 2) / (p[k] * Draws);
            cells++;
        }
        Assert.True(chi2 < cells + 5 * Math.Sqrt(2 * cells) + 5, $"χ² is {chi2} of {cells} cells");
    }

    /// <summary>At a fixed seed, drawn numbers are a function of the parameters.</summary>
    [Fact]
    public void Gradients_of_draws_are_those_of_differences()
    {
        (string Name, Func<Tensor, D.Distribution> Make, double At)[] all =
        [
            ("mean", p => new D.Normal(p, T(2)), 0.5), ("std", p => new D.Normal(T(1), p), 1.5), ("log_normal", p => new D.LogNormal(p, T(0.5)), 0.2), ("half_normal", p => new D.HalfNormal(p), 1.5),
            ("low", p => new D.Uniform(p, T(3)), -0.5), ("laplace", p => new D.Laplace(T(0), p), 1.3), ("exponential", p => new D.Exponential(p), 0.8), ("gamma rate", p => new D.Gamma(T(2), p), 0.8),
        ];
        foreach (var (name, make, at) in all)
        {
            var p = T(at);
            p.RequiresGrad = true;
            var x = make(p).RSample([200], new Generator(2));
            x.Sum().Backward();
            const double h = 1e-6;
            double slope = (make(T(at + h)).RSample([200], new Generator(2)).Sum().Item() - make(T(at - h)).RSample([200], new Generator(2)).Sum().Item()) / (2 * h);
            Assert.True(Math.Abs(slope - p.Grad!.Item()) <= 1e-4 * Math.Max(1, Math.Abs(slope)), $"{name}: {p.Grad!.Item()} instead of {slope}");
        }
    }

    /// <summary>Numbers from gamma distributions move with the shape as their quantiles do.</summary>
    [Theory]
    [InlineData(0.3), InlineData(1.0), InlineData(4.5), InlineData(60.0)]
    public void Numbers_of_gamma_distributions_move_along_their_quantiles(double shape)
    {
        var a = T(shape);
        a.RequiresGrad = true;
        var x = new D.Gamma(a, T(1)).RSample([20], new Generator(4));
        double[] z = x.ToArray<double>();
        for (int i = 0; i < z.Length; i++)
        {
            double got = Autograd.Gradients(x[i], [a], retainGraph: true)[0].Item(), u = T(shape).Gammainc(T(z[i])).Item();
            if (u is < 1e-6 or > 1 - 1e-6) continue;
            const double h = 1e-4;
            double expected = (Quantile(shape * (1 + h), u, z[i]) - Quantile(shape * (1 - h), u, z[i])) / (2 * h * shape);
            Assert.True(Math.Abs(expected - got) <= 1e-5 * Math.Max(Math.Abs(expected), 1e-3), $"{z[i]}: {got} instead of {expected}");
        }

        static double Quantile(double a, double u, double near)
        {
            double low = near / 2, high = near * 2;
            for (int i = 0; i < 100; i++)
            {
                double middle = (low + high) / 2;
                if (T(a).Gammainc(T(middle)).Item() < u) low = middle;
                else high = middle;
            }
            return (low + high) / 2;
        }
    }

    [Fact]
    public void Vectors_have_the_means_and_covariances_that_they_should()
    {
        Tensor covariance = Tensor.From([2.0, 0.6, 0.6, 1], [2, 2]), mean = Tensor.From([1.0, -1]);
        foreach (var d in (D.MultivariateNormal[])[new(mean, covariance), new(mean, precision: covariance.Inv()), new(mean, scaleTril: covariance.Cholesky())])
        {
            Assert.True((d.Covariance - covariance).Abs().Max().Item() < 1e-12);
            var x = d.Sample([Draws], new Generator(6)) - mean;
            Assert.True((x.T().MatMul(x) / Draws - covariance).Abs().Max().Item() < 0.03);
            Assert.True(x.Mean(0).Abs().Max().Item() < 0.02);
        }
        var dirichlet = new D.Dirichlet(Tensor.From([1.0, 2, 3]));
        var p = dirichlet.Sample([Draws], new Generator(7));
        Assert.True((p.Mean(0) - dirichlet.Mean).Abs().Max().Item() < 0.005);
        Assert.True((p.Var([0]) - dirichlet.Variance).Abs().Max().Item() < 0.002);
        var counts = new D.Multinomial(10, Tensor.From([0.2, 0.3, 0.5]));
        var n = counts.Sample([20_000], new Generator(9));
        Assert.True((bool)n.Sum(-1).Eq(10).All());
        Assert.True((n.Mean(0) - counts.Mean).Abs().Max().Item() < 0.06);
        var hot = new D.OneHotCategorical(Tensor.From([0.2, 0.3, 0.5])).Sample([20_000], new Generator(9));
        Assert.True((hot.Mean(0) - Tensor.From([0.2, 0.3, 0.5])).Abs().Max().Item() < 0.02);
    }

    [Fact]
    public void Shapes_are_samples_and_batch_and_event()
    {
        var normal = new D.Normal(Tensor.Zeros([3, 1]), Tensor.Ones([2]));
        Assert.Equal([3, 2], normal.BatchShape);
        Assert.Equal([5, 3, 2], normal.Sample([5]).Shape);
        var independent = new D.Independent(normal, 1);
        Assert.Equal([3], independent.BatchShape);
        Assert.Equal([2], independent.EventShape);
        Assert.Equal([5, 3], independent.LogProb(independent.Sample([5])).Shape);
        Assert.Equal(DType.Float32, new D.Normal(0, 1).Sample().DType);
        Assert.Equal(DType.Int64, new D.Categorical(Tensor.Ones([4])).Sample([2]).DType);
        Assert.False(new D.Normal(Tensor.Ones([2]) is var m && (m.RequiresGrad = true) ? m : m, 1.0).Sample().RequiresGrad);
        Assert.Equal(0.5, D.Distribution.KlDivergence(new D.Normal(0.0, 1.0), new D.Normal(1.0, 1.0)).Item(), 1e-6);
    }

    [Fact]
    public void Wrong_arguments_are_refused_in_a_sentence()
    {
        Assert.Contains("positive", Assert.Throws<ArgumentException>(() => new D.Normal(0.0, -1.0)).Message, StringComparison.Ordinal);
        Assert.Contains("above low", Assert.Throws<ArgumentException>(() => new D.Uniform(2.0, 1.0)).Message, StringComparison.Ordinal);
        Assert.Contains("both", Assert.Throws<ArgumentException>(() => new D.Bernoulli(0.5, 0.1)).Message, StringComparison.Ordinal);
        Assert.Contains("neither", Assert.Throws<ArgumentException>(() => new D.Categorical()).Message, StringComparison.Ordinal);
        Assert.Contains("0 or 1", Assert.Throws<ArgumentException>(() => new D.Bernoulli(0.5).LogProb(0.3)).Message, StringComparison.Ordinal);
        Assert.Contains("no smooth function", Assert.Throws<NotSupportedException>(() => new D.Poisson(2.0).RSample()).Message, StringComparison.Ordinal);
        Assert.Contains("closed form", Assert.Throws<NotSupportedException>(() => D.Distribution.KlDivergence(new D.Normal(0.0, 1.0), new D.Gamma(1.0, 1.0))).Message, StringComparison.Ordinal);
        Assert.Throws<LinalgException>(() => new D.MultivariateNormal(Tensor.Zeros([2]), Tensor.From([1f, 2, 2, 1], [2, 2])));
    }
}
