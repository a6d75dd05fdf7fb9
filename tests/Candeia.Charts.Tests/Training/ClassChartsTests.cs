using Candeia.Training;

namespace Candeia.Charts.Tests;

public class ClassChartsTests
{
    [Fact]
    public void A_confusion_matrix_keeps_its_rows_and_says_how_much_is_right()
    {
        var chart = new Confusion(new long[,] { { 8, 2 }, { 1, 9 } }).Chart(["no", "yes"]);

        Assert.Equal([8.0, 2], chart.Values[0]);
        Assert.Equal(["no", "yes"], chart.Rows);
        Assert.Equal("85 % right · 20 samples", chart.Notes.Single());
        Assert.Equal(["0", "1"], new Confusion(new long[2, 2]).Chart().Columns);
        Assert.Contains("3 names", Assert.Throws<ArgumentException>(() => new Confusion(new long[2, 2]).Chart(["a", "b", "c"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_ROC_curve_lies_in_a_square_of_0_to_1_and_is_named_with_its_area()
    {
        var curve = RocCurve.Of(Tensor.From([0.1f, 0.4f, 0.35f, 0.8f]), Tensor.From([0f, 0, 1, 1]));
        var chart = ClassCharts.Roc(("net", curve), ("other", curve));

        Assert.Equal(["net 0.75", "other 0.75"], chart.Series.Select(s => s.Name));
        var points = Drawn.Of(chart).Points("#1F5A96", "2");
        Assert.Equal(points.Max(p => p.X) - points.Min(p => p.X), points.Max(p => p.Y) - points.Min(p => p.Y), 0.02);
        Assert.Equal("area 0.75", curve.Chart().Notes.Single());
    }
}
