namespace Candeia.Charts.Tests;

/// <summary>Data stand where the axes say.</summary>
public class PlacesTests
{
    static LineChart Chart(params double[] y) => new("Chart", [new("", [.. y.Select((_, i) => (double)i)], y)])
    {
        X = new Axis { Range = new(0, 10) }, Y = new Axis { Range = new(0, 100) },
    };

    [Fact]
    public void Points_of_a_line_stand_at_their_ticks()
    {
        var drawn = Drawn.Of(Chart(80, 20, 100, 40, 60));
        var line = drawn.Points("#C2571A", "2");

        foreach (var (i, y) in new[] { 80, 20, 100, 40, 60 }.Index())
        {
            Assert.Equal(drawn.PlaceOf(y.ToString()).Y - 4, line[i].Y, 0.02);
            if (i is 2 or 4) Assert.Equal(drawn.PlaceOf(i.ToString()).X, line[i].X, 0.02);
        }
    }

    [Fact]
    public void On_a_log_axis_equal_ratios_are_equal_distances()
    {
        var drawn = Drawn.Of(Chart(1, 10, 100, 1000) with { Y = new Axis { Log = true } });
        var line = drawn.Points("#C2571A", "2");

        Assert.Equal(line[0].Y - line[1].Y, line[1].Y - line[2].Y, 0.03);
        Assert.Equal(line[0].Y - line[1].Y, line[2].Y - line[3].Y, 0.03);
        Assert.Equal(drawn.PlaceOf("100").Y - 4, line[2].Y, 0.02);
    }

    [Fact]
    public void A_point_that_is_not_finite_breaks_the_line_and_a_lonely_one_is_a_dot()
    {
        var drawn = Drawn.Of(Chart(10, 20, double.NaN, 30, double.PositiveInfinity, 40, 50));

        string d = drawn.All("path").Single(p => (string?)p.Attribute("stroke-width") == "2").Attribute("d")!.Value;
        Assert.Equal(2, d.Count(c => c == 'M'));
        Assert.Equal(2, d.Count(c => c == 'L'));
        Assert.Single(drawn.Points("#C2571A", "6"));
    }

    [Fact]
    public void Five_thousand_points_are_all_there_in_a_small_file()
    {
        var random = new Random(1);
        double[] x = [.. Enumerable.Range(0, 5000).Select(_ => random.NextDouble())], y = [.. x.Select(v => 1 - v)];
        var figure = new ScatterChart("Points", x, y) { Diagonal = true, X = new Axis { Range = new(0, 1) }, Y = new Axis { Range = new(0, 1) } };
        string svg = figure.ToSvg();
        var drawn = new Drawn(svg);

        string width = Markup.Number(2 * PointsMark.RadiusFor(5000));
        var points = drawn.Points("#C2571A", width);
        Assert.Equal(5000, points.Length);
        Assert.InRange(svg.Length, 0, 90_000);
        // y = 1 − x in a square: x and y grow together, in pixels.
        Assert.All(points, p => Assert.Equal(points[0].X - points[0].Y, p.X - p.Y, 0.25));
        // Overlapping dots of one path do not add up: they are in several.
        Assert.InRange(drawn.All("path").Count(p => p.Parent!.Attribute("stroke-opacity") is not null), 5, 24);
    }

    [Fact]
    public void The_diagonal_goes_through_equal_values_and_the_area_is_square()
    {
        var drawn = Drawn.Of(new ScatterChart("Points", [0, 1], [-1, 3]) { Diagonal = true });
        var line = drawn.Points("#26211C", "1");

        Assert.Equal(2, line.Length);
        Assert.Equal(line[1].X - line[0].X, line[0].Y - line[1].Y, 0.02);
        Assert.Equal(20, drawn.PlaceOf("Points").X);
    }

    [Fact]
    public void A_long_series_keeps_its_extremes()
    {
        double[] y = [.. Enumerable.Range(0, 100_000).Select(i => Math.Sin(i))];
        y[54_321] = 99;
        y[77_777] = 1;
        string svg = new LineChart("Long", [new("", y)]) { Y = new Axis { Range = new(-100, 100) } }.ToSvg();
        var line = new Drawn(svg).Points("#C2571A", "2");
        var drawn = new Drawn(svg);

        double top = drawn.PlaceOf("100").Y - 4, bottom = drawn.PlaceOf("−100").Y - 4;
        Assert.Equal(bottom + (top - bottom) * 0.995, line.Min(p => p.Y), 0.05);
        Assert.InRange(svg.Length, 0, 60_000);
    }

    [Fact]
    public void Bars_begin_at_zero_and_end_at_their_value()
    {
        var drawn = Drawn.Of(new BarChart("Bars", [new("a", 2), new("b", 4), new("c", -1)]));
        var widths = drawn.All("path").Where(p => p.Attribute("fill")!.Value == "#1F5A96").Select(p => p.Attribute("d")!.Value).ToArray();
        double[] lengths = [.. widths.Select(d => Math.Abs(double.Parse(d[(d.IndexOf('H') + 1)..d.IndexOf('V')]) - Drawn.PointsOf(d).First().X))];

        Assert.Equal(3, lengths.Length);
        Assert.Equal(2, lengths[1] / lengths[0], 0.01);
        Assert.Equal(0.5, lengths[2] / lengths[0], 0.01);
        Assert.Contains("−1", drawn.Texts);
    }

    [Fact]
    public void Names_at_the_ends_of_lines_do_not_touch()
    {
        var drawn = Drawn.Of(new LineChart("Ends", [.. Enumerable.Range(0, 3).Select(i => new Series($"s{i}", [1, 2 + i * 0.01]))]));
        double[] places = [.. Enumerable.Range(0, 3).Select(i => drawn.PlaceOf($"s{i}").Y).Order()];

        Assert.All(places.Skip(1).Zip(places), p => Assert.InRange(p.First - p.Second, 13, 40));
    }
}
