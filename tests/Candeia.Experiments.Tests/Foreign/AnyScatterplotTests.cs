using Candeia.Datasets;
using Candeia.Images;
using Candeia.NN;

namespace Candeia.Experiments.Tests;

/// <summary>Pictures of scatterplots that are drawn otherwise than those of the data set.</summary>
public sealed class AnyScatterplotTests
{
    const int Each = 25;

    static readonly IReadOnlyList<ScatterplotStyle> s_styles = ScatterplotStyle.Known;

    [Fact]
    public void In_two_hundred_foreign_plots_of_eight_styles_the_points_are_found()
    {
        double[] errors = new double[s_styles.Count];
        Parallel.For(0, s_styles.Count * Each, i =>
        {
            var (x, y) = Cloud(i);
            var plot = s_styles[i % s_styles.Count].Draw(x, y);
            if (i < s_styles.Count) Looks.Keep($"foreign-{i}", plot.Encode());
            var (columns, rows) = PointFinder.Find(plot);
            double error = columns.Length == 0 ? 2 : Math.Abs(Pearson(columns, [.. rows.Select(r => -r)]) - Pearson(x, y));
            lock (errors) errors[i % s_styles.Count] += error / Each;
        });
        Assert.True(errors.Average() <= 0.03 && errors.Max() <= 0.06, string.Join(" ", errors.Select(e => e.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void In_two_hundred_looks_that_are_drawn_by_lot_the_points_are_found()
    {
        double[] errors = new double[200];
        Parallel.For(0, errors.Length, i =>
        {
            var (picture, correlation) = GuessTheCorrelation.Draw(ScatterplotStyle.Any(new Generator(31).Split(i)), seed: 5, index: i);
            if (i < 12) Looks.Keep($"any-{i}", picture.Encode());
            var (columns, rows) = PointFinder.Find(picture);
            errors[i] = columns.Length == 0 ? 2 : Math.Abs(Pearson(columns, [.. rows.Select(r => -r)]) - correlation);
        });
        Assert.True(errors.Average() <= 0.03, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{errors.Average():0.000}; {errors.Count(e => e > 0.2)} above 0.2"));
    }

    [SkippableFact]
    public void A_trained_network_reads_them()
    {
        string? file = Environment.GetEnvironmentVariable("CANDEIA_MODEL");
        Skip.If(file is null, "CANDEIA_MODEL names no model.safetensors of guess-the-correlation --recipe best");
        var network = SavedNetwork.Load(file).Eval();
        using var off = Autograd.NoGrad();
        double[] errors = new double[s_styles.Count];
        for (int i = 0; i < s_styles.Count * Each; i++)
        {
            using var scope = Scope.Begin();
            var (x, y) = Cloud(i);
            var read = AnyScatterplot.Read(s_styles[i % s_styles.Count].Draw(x, y));
            float answer = network.Forward(CorrelationNet.Crop(read.Picture).Unsqueeze(0)).Clamp(-1, 1).ToArray<float>()[0];
            errors[i % s_styles.Count] += Math.Abs(answer - Pearson(x, y)) / Each;
        }
        string measured = string.Join(" ", errors.Append(errors.Average()).Select(e => e.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture)));
        Console.WriteLine($"mean absolute error in each style, and of all: {measured}");
        Assert.True(errors.Average() <= 0.05, measured);
    }

    [Fact]
    public void What_is_found_is_drawn_as_the_data_set_draws()
    {
        var (x, y) = Cloud(3);
        var read = AnyScatterplot.Read(s_styles[2].Draw(x, y));
        Assert.InRange(read.Found!.Value, 24, 30);
        Assert.Null(read.Unlike);
        Assert.Null(GuessTheCorrelation.Unlikeness(read.Picture));
    }

    [Fact]
    public void A_picture_of_the_data_set_is_taken_as_it_is_and_inverted_it_is_found()
    {
        var item = GuessTheCorrelation.Draw(5, 1);
        var picture = Image.FromTensor(item.X);
        var own = AnyScatterplot.Read(picture);
        Assert.Null(own.Found);
        Assert.Equal(item.X.ToArray<float>(), own.Picture.ToArray<float>());
        foreach (ref byte pixel in picture.Pixels) pixel = (byte)(255 - pixel);
        var dark = AnyScatterplot.Read(picture);
        Assert.InRange(dark.Found!.Value, 25, 30);
    }

    [Fact]
    public void What_shows_no_points_is_said_to_be_unlike_or_refused()
    {
        var blank = new Image(150, 150, PixelFormat.Gray);
        Assert.NotNull(AnyScatterplot.Read(blank).Unlike);
        foreach (var (width, height) in ((int, int)[])[(1, 1), (300, 200), (40, 600)])
        {
            Assert.Contains("no points", Assert.Throws<FormatException>(() => AnyScatterplot.Read(new Image(width, height, PixelFormat.Rgb))).Message, StringComparison.Ordinal);
            var noise = new Image(width, height, PixelFormat.Rgb);
            new Random(3).NextBytes(noise.Pixels);
            try { Assert.NotNull(AnyScatterplot.Read(noise)); }
            catch (FormatException) { }
        }
    }

    /// <summary>Points as the data set has them: a normal cloud, and some that lie anywhere.</summary>
    static (double[] X, double[] Y) Cloud(int number)
    {
        var random = new Generator(77).Split(number);
        double rho = 2 * random.NextDouble() - 1;
        double[] x = new double[30], y = new double[30];
        for (int i = 0; i < 30; i++)
        {
            double a = random.NextNormal();
            (x[i], y[i]) = i < 25 ? (a, rho * a + Math.Sqrt(1 - rho * rho) * random.NextNormal()) : (4 * random.NextDouble() - 2, 4 * random.NextDouble() - 2);
        }
        return (x, y);
    }

    static double Pearson(double[] x, double[] y)
    {
        double mx = x.Average(), my = y.Average();
        return x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / Math.Sqrt(x.Sum(a => (a - mx) * (a - mx)) * y.Sum(b => (b - my) * (b - my)));
    }
}
