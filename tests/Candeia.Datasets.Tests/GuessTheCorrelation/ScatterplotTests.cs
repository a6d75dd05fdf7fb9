using System.Globalization;
using Candeia.Tests;
using Candeia.Images;

namespace Candeia.Datasets.Tests;

public class ScatterplotTests
{
    const int Size = Scatterplot.Size;

    /// <summary>The real images, with their labels where those are exact.</summary>
    static IEnumerable<(string Id, double? Label, byte[] Pixels)> RealImages()
    {
        string folder = SharedFolder.Require("real-scatterplots");
        foreach (string line in File.ReadLines(Path.Combine(folder, "train.csv")).Skip(1))
        {
            string[] row = line.Split(',');
            var pixels = new byte[Size * Size];
            Image.DecodeGray(File.ReadAllBytes(Path.Combine(folder, "train_imgs", row[0] + ".png")), Size, Size, pixels);
            bool rounded = row[0].StartsWith("tutorial", StringComparison.Ordinal);
            yield return (row[0], rounded ? null : double.Parse(row[1], CultureInfo.InvariantCulture), pixels);
        }
    }

    /// <summary>Every place inside the frame where a whole disc is black.</summary>
    static List<(int Row, int Column)> Centres(byte[] pixels)
    {
        List<(int, int)> centres = [];
        var disc = new byte[Size * Size];
        for (int row = 4; row <= 126; row++)
        {
            for (int column = 23; column <= 145; column++)
            {
                Array.Fill(disc, Scatterplot.White);
                Scatterplot.Disc(disc, row, column);
                bool black = true;
                for (int y = row - 2; y <= row + 2 && black; y++)
                    for (int x = column - 2; x <= column + 2 && black; x++)
                        black = disc[y * Size + x] == Scatterplot.White || pixels[y * Size + x] == Scatterplot.Black;
                if (black) centres.Add((row, column));
            }
        }
        return centres;
    }

    static void AssertSamePlot(byte[] expected, byte[] actual, string id)
    {
        for (int y = 0; y < 130; y++)
            Assert.True(expected.AsSpan(y * Size + 20, 130).SequenceEqual(actual.AsSpan(y * Size + 20, 130)), $"row {y} of {id} differs");
    }

    [SkippableFact]
    public void Real_images_drawn_again_from_their_points_are_equal()
    {
        int seen = 0;
        foreach (var (id, label, pixels) in RealImages())
        {
            var centres = Centres(pixels);
            Assert.NotEmpty(centres);
            // The centres as data, with the y axis upwards: scaling and centring have to find the same pixels again.
            double[] x = [.. centres.Select(c => c.Column / 119.0)], y = [.. centres.Select(c => -c.Row / 119.0)];
            AssertSamePlot(pixels, Scatterplot.Draw(x, y), id);
            Assert.Equal(119, Math.Max(centres.Max(c => c.Row) - centres.Min(c => c.Row), centres.Max(c => c.Column) - centres.Min(c => c.Column)));
            if (label is { } exact) Assert.Equal(exact, Scatter.Pearson(x, y), 0.08); // what merged discs hide is not in it
            seen++;
        }
        Assert.Equal(45, seen);
    }

    [SkippableFact]
    public void Real_labels_are_those_of_the_points_seen()
    {
        int whole = 0;
        foreach (var (id, label, pixels) in RealImages())
        {
            var centres = Centres(pixels);
            if (label is not { } exact || centres.Count != Scatter.Points) continue;
            double seen = Scatter.Pearson([.. centres.Select(c => (double)c.Column)], [.. centres.Select(c => -(double)c.Row)]);
            Assert.True(Math.Abs(exact - seen) < 0.01, $"{id}: {exact} is not {seen}");
            whole++;
        }
        Assert.True(whole >= 3, $"only {whole} images show all their points");
    }

    [Fact]
    public void A_full_scale_spans_the_same_pixels_as_the_real_ones()
    {
        byte[] pixels = Scatterplot.Draw([0, 0.5, 1], [0, 0.25, 1]);
        Assert.Equal([(6, 143), (95, 84), (125, 24)], Centres(pixels));
        for (int i = 20; i < Size; i++) Assert.Equal(Scatterplot.White, pixels[i]);
        for (int i = 20; i <= 148; i++) Assert.Equal((Scatterplot.Black, Scatterplot.Black), (pixels[Size + i], pixels[129 * Size + i]));
        for (int i = 0; i < 130; i++) Assert.Equal(Scatterplot.White, pixels[i * Size + 149]);
    }

    [Fact]
    public void Nothing_outside_the_frame_reaches_the_crop()
    {
        var items = new CorrelationGenerator(3);
        for (int i = 0; i < 200; i++)
        {
            byte[] pixels = Scatterplot.Draw(items.Scatter(i).X, items.Scatter(i).Y);
            for (int y = 2; y < 129; y++)
            {
                Assert.Equal(Scatterplot.Black, pixels[y * Size + 20]);
                Assert.Equal(Scatterplot.White, pixels[y * Size + 21]);
                Assert.Equal(Scatterplot.Black, pixels[y * Size + 148]);
                Assert.Equal(Scatterplot.White, pixels[y * Size + 149]);
            }
        }
    }

    [Fact]
    public void One_point_is_drawn_in_the_middle() => Assert.Equal([(65, 84)], Centres(Scatterplot.Draw([0.3], [0.9])));
}
