using Candeia.Images;

namespace Candeia.Datasets.Tests;

public class ScatterplotStyleTests
{
    [Fact]
    public void An_item_in_a_style_is_the_item_of_the_data_set()
    {
        for (int i = 0; i < ScatterplotStyle.Known.Count; i++)
        {
            var style = ScatterplotStyle.Known[i];
            var (picture, correlation) = GuessTheCorrelation.Draw(style, seed: 777, index: i);
            Assert.Equal((float)GuessTheCorrelation.Draw(777, i).Y, correlation);
            Assert.True(picture.Width >= style.Width && picture.Height >= style.Height);
            Assert.Equal(GuessTheCorrelation.Draw(style, 777, i).Picture.Pixels.ToArray(), picture.Pixels.ToArray());
        }
    }

    [Theory]
    [InlineData(ScatterplotMarker.Disc, 0, 0, true)]
    [InlineData(ScatterplotMarker.Disc, 0.8, 0.8, false)]
    [InlineData(ScatterplotMarker.Square, 0.8, 0.8, true)]
    [InlineData(ScatterplotMarker.Diamond, 0.6, 0.6, false)]
    [InlineData(ScatterplotMarker.Ring, 0, 0, false)]
    [InlineData(ScatterplotMarker.Ring, 0.8, 0, true)]
    [InlineData(ScatterplotMarker.Plus, 0.5, 0.5, false)]
    [InlineData(ScatterplotMarker.Plus, 0.9, 0, true)]
    [InlineData(ScatterplotMarker.Triangle, 0.5, -0.5, false)]
    [InlineData(ScatterplotMarker.Triangle, 0.5, 0.8, true)]
    public void A_point_has_the_form_and_the_colour_of_its_marker(ScatterplotMarker marker, double x, double y, bool isWithin)
    {
        var style = new ScatterplotStyle(100, 100) { Marker = marker, Radius = 10, Colours = [0xFF0000], Ground = 0x00FF00, Outside = 0x0000FF };
        var picture = style.Draw([3], [3]);
        // A single point stands in the middle of the plot: columns 12 to 95, rows 5 to 88.
        int column = (int)Math.Round(53.5 + 10 * x), row = (int)Math.Round(46.5 + 10 * y);
        Assert.Equal(isWithin ? [255, 0, 0] : new byte[] { 0, 255, 0 }, picture.Row(row).Slice(3 * column, 3).ToArray());
        Assert.Equal([0, 0, 255], picture.Row(0)[..3].ToArray());
    }

    [Fact]
    public void Lines_frame_axes_and_title_are_where_they_are_asked_for()
    {
        var plain = new ScatterplotStyle(200, 200);
        var framed = plain with { Frame = 0xFF0000 };
        Assert.Equal([255, 0, 0], framed.Draw([0, 1], [0, 1]).Row(100).Slice(3 * 190, 3).ToArray());
        Assert.Equal([255, 255, 255], (framed with { HasAxesOnly = true }).Draw([0, 1], [0, 1]).Row(100).Slice(3 * 190, 3).ToArray());
        Assert.Equal([255, 0, 0], (framed with { HasAxesOnly = true }).Draw([0, 1], [0, 1]).Row(100).Slice(3 * 25, 3).ToArray());
        int Green(ScatterplotStyle style)
        {
            var picture = style.Draw([0, 1], [0, 1]);
            int count = 0;
            for (int row = 0; row < picture.Height; row++)
                for (int column = 0; column < picture.Width; column++)
                    if (picture.Row(row).Slice(3 * column, 3).SequenceEqual<byte>([0, 255, 0])) count++;
            return count;
        }
        Assert.Equal(0, Green(plain));
        int whole = Green(plain with { Grid = 0x00FF00 }), dashed = Green(plain with { Grid = 0x00FF00, IsDashed = true });
        Assert.InRange(dashed, whole / 2, whole * 3 / 4);
        Assert.True((plain with { Title = "x" }).Draw([0, 1], [0, 1]).Height > 200);
    }

    [Fact]
    public void Looks_by_lot_are_all_different_and_the_same_from_the_same_seed()
    {
        ScatterplotStyle[] styles = [.. Enumerable.Range(0, 300).Select(i => ScatterplotStyle.Any(new Generator(3).Split(i)))];
        Assert.Equal(6, styles.Select(s => s.Marker).Distinct().Count());
        Assert.All(styles, s => Assert.True(s is { Width: >= 100 and <= 1000, Height: >= 100 and <= 1000, Radius: >= 2 }));
        Assert.Contains(styles, s => s.Ground < 0x303030);
        Assert.Contains(styles, s => s.Grid is null);
        Assert.Contains(styles, s => s.Title is not null);
        Assert.Equal(styles[7].Width, ScatterplotStyle.Any(new Generator(3).Split(7)).Width);
        Assert.Equal(styles[7].Draw([1, 2], [2, 1]).Pixels.ToArray(), ScatterplotStyle.Any(new Generator(3).Split(7)).Draw([1, 2], [2, 1]).Pixels.ToArray());
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        var style = ScatterplotStyle.Known[0];
        Assert.Contains("as many x as y", Assert.Throws<ArgumentException>(() => style.Draw([1], [1, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("not finite", Assert.Throws<ArgumentException>(() => style.Draw([double.NaN], [1])).Message, StringComparison.Ordinal);
        Assert.Contains("at least 40×40", Assert.Throws<ArgumentException>(() => (style with { Width = 10 }).Draw([1], [1])).Message, StringComparison.Ordinal);
        Assert.Contains("no colour", Assert.Throws<ArgumentException>(() => (style with { Colours = [] }).Draw([1], [1])).Message, StringComparison.Ordinal);
    }
}
