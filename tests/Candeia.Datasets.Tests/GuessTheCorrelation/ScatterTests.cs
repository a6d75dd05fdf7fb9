using Candeia.Tests;

namespace Candeia.Datasets.Tests;

public class ScatterTests
{
    const int Draws = 20_000;

    static readonly CorrelationGenerator s_items = new(777);

    [SkippableFact]
    public void Labels_are_distributed_as_the_real_ones()
    {
        string file = SharedFolder.Require("real-scatterplots/label-quantiles.csv");
        double[] labels = [.. Enumerable.Range(0, Draws).Select(i => s_items.Scatter(i).Correlation).Order()];
        foreach (string line in File.ReadLines(file).Skip(1))
        {
            double[] row = [.. line.Split(',').Select(double.Parse)];
            double at = row[0] * (Draws - 1), below = labels[(int)at], above = labels[(int)Math.Ceiling(at)];
            Assert.Equal(row[1], below + (at - Math.Floor(at)) * (above - below), 0.02);
        }
    }

    [Fact]
    public void Points_are_thirty_and_within_the_unit_square()
    {
        for (int i = 0; i < 1000; i++)
        {
            var scatter = s_items.Scatter(i);
            Assert.Equal(30, scatter.X.Length);
            Assert.Equal(30, scatter.Y.Length);
            Assert.All(scatter.X.Concat(scatter.Y), v => Assert.InRange(v, 0, 1));
            Assert.Equal(Scatter.Pearson(scatter.X, scatter.Y), scatter.Correlation);
        }
    }

    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 2, 4, 6 }, 1)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 3, 2, 1 }, -1)]
    [InlineData(new double[] { 1, 2, 3, 4 }, new double[] { 1, -1, -1, 1 }, 0)]
    [InlineData(new double[] { 1, 2, 3, 4, 5 }, new double[] { 2, 1, 4, 3, 5 }, 0.8)]
    public void Pearson(double[] x, double[] y, double expected) => Assert.Equal(expected, Scatter.Pearson(x, y), 1e-15);

    [Fact]
    public void Ids_are_eight_letters_and_never_repeat()
    {
        const int count = 150_000;
        var ids = Enumerable.Range(0, count).Select(s_items.Id).ToHashSet();
        Assert.Equal(count, ids.Count);
        Assert.All(ids, id => Assert.Matches("^[a-z]{8}$", id));
        Assert.NotEqual(s_items.Id(0), new CorrelationGenerator(778).Id(0));
    }
}
