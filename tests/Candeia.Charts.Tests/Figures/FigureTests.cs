namespace Candeia.Charts.Tests;

public sealed class FigureTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("candeia-charts").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Is_saved_as_a_whole_over_what_was_there()
    {
        string path = Path.Combine(folder, "new", "loss.svg");
        Samples.All["lines"].Save(path);
        Samples.All["points"].Save(path);

        Assert.Equal(Samples.All["points"].ToSvg(), File.ReadAllText(path));
        Assert.Equal(["loss.svg"], Directory.GetFiles(Path.Combine(folder, "new")).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("a.svg", "<svg ")]
    [InlineData("a.HTML", "<!DOCTYPE html>")]
    public void The_name_says_the_form(string name, string begin)
    {
        string path = Path.Combine(folder, name);
        Samples.All["lines"].Save(path);
        Assert.StartsWith(begin, File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_not_saved_in_a_form_there_is_none_of()
    {
        string path = Path.Combine(folder, "loss.bmp");
        Assert.Contains("loss.bmp", Assert.Throws<ArgumentException>(() => Samples.All["lines"].Save(path)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public void Series_have_as_many_x_as_y() =>
        Assert.Contains("2 x and 1 y", Assert.Throws<ArgumentException>(() => new Series("s", [1, 2], [1])).Message, StringComparison.Ordinal);

    [Fact]
    public void Heatmaps_have_a_value_for_each_cell() =>
        Assert.Contains("Row 1", Assert.Throws<ArgumentException>(() => new Heatmap("h", ["a", "b"], ["c"], [[1], []])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-1, 1)]
    [InlineData(1, 0)]
    public void Pictures_have_pixels(int width, int height) => Assert.Throws<ArgumentException>(() => new ImageFigure("i", Samples.Png(width, height)));

    [Fact]
    public void Pictures_are_PNG_files() => Assert.Throws<ArgumentException>(() => new ImageFigure("i", new byte[100]));

    [Fact]
    public void Pictures_are_embedded() => Assert.Contains("data:image/png;base64,iVBORw0KGgo", Samples.All["image"].ToSvg(), StringComparison.Ordinal);
}
