namespace Candeia.Charts.Tests;

public class ToTextTests
{
    static void Same(string expected, Figure figure, int width, int height) => Assert.Equal(expected.ReplaceLineEndings("\n"), figure.ToText(width, height));

    [Fact]
    public void Lines_are_named_where_they_end() => Same(
        """
        Loss
        loss
          │⠤⡀
          │ ⠈⠢⢄
        5 ┤⠉⠒⠢⢄⣑⢆
          │     ⠑⠓⠦⣄⣀⣀
          │         ⠈⠑⠛⠭⣑⡒⠲⠤⠤⣀⣀⡀best
          │              ⠈⠑⠒⠢⠤⠤⣈⣉⡉◉⠒⠒⠒⠒⠒⠒⠒ valid
        0 ┤                      ⠈⠉⠉⠉⠒⠒⠒⠒⠒ train
          └┬──────┬───────┬───────┬──────┬
           1      2       3       4      5
                                     epoch
        """,
        new LineChart("Loss", [new("train", [8, 4, 2, 1, 0.5]), new("valid", [6, 4, 3, 2, 2])]) { X = "epoch", Y = "loss", Callouts = [new(4, 2, "best")] }, 40, 12);

    [Fact]
    public void On_a_log_axis_a_tenth_each_time_is_a_straight_line() => Same(
        """
        Loss
        mse
           1 ┤⠢⢄⡀
             │  ⠈⠑⠢⡀
             │     ⠈⠑⠢⢄⡀
        0.01 ┤         ⠈⠑⠢⢄⡀
             │             ⠈⠢⢄⡀
             │                ⠈⠑⠢ loss
             └┬─────┬─────┬─────┬
              1     2     3     4
        """,
        new LineChart("Loss", [new("loss", [1, 0.1, 0.01, 0.001])]) { Y = new Axis("mse") { Log = true } }, 30, 10);

    [Fact]
    public void What_is_not_finite_breaks_a_line() => Same(
        """
        2 ┤    ⡔        •        ⢢
          │   ⡰⠁                 ⠈⢆
          │  ⢰⠁                   ⠈⡆
          │ ⢠⠃                     ⠘⡄
          │⢀⠎                       ⠱⡀
        1 ┤⠎                         ⠱
          └────┬────────┬────────┬────
               2        4        6
        """,
        new LineChart("", [new("", [1, 2, double.NaN, 2, double.NaN, 2, 1])]), 30, 8);

    [Fact]
    public void A_diagonal_makes_a_square_of_cells_twice_as_high_as_wide() => Same(
        """
        Points
        r 1
        4 ┤                ⠠⠂
          │               ⠂
          │            ⡀⠊
          │          ⠠
        2 ┤         ⠆
          │      ⡀⠈
          │    ⠠
          │   ⠂
        0 ┤⡠⠈
          └┬────────┬───────┬
           0        2       4
                        truth
        """,
        new ScatterChart("Points", [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]) { Diagonal = true, X = "truth", Notes = ["r 1"] }, 40, 14);

    [Fact]
    public void Bars_are_blocks_of_eighths() => Same(
        """
        Bars
           a      ████▋ 1
        long      █████████████████ 4
           c     █ −0.5
        """,
        new BarChart("Bars", [new("a", 1), new("long", 4), new("c", -0.5)]), 32, 8);

    [Fact]
    public void Histograms_are_blocks_of_eighths() => Same(
        """
        H
        count
          │             ▆▆▆▆▆▆▆▆▆▆▆▆▆▆
          │             ██████████████
        2 ┤       ▆▆▆▆▆▆██████████████
          │       ████████████████████
          │▇▇▇▇▇▇▇████████████████████
        0 ┤███████████████████████████
          └┬─────┬──────┬──────┬─────┬
           1     2      3      4     5
        """,
        new Histogram("H", [1, 2, 2, 3, 3, 3, 4, 4, 5]) { Bins = 4 }, 30, 10);

    [Fact]
    public void Confusions_are_numbers() => Same(
        """
        C
        true
        cat     8       2
        dog     1       9
               cat    dog
                   predicted
        """,
        Heatmap.Confusion("C", ["cat", "dog"], [[8, 2], [1, 9]]), 30, 10);

    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Every_figure_fits_and_commands_no_terminal(string name)
    {
        foreach (int width in (int[])[20, 33, 80, 200])
        {
            string text = Samples.All[name].ToText(width, 12);
            Assert.All(text.Split('\n'), line => Assert.InRange(Terminal.WidthOf(line), 0, width));
            Assert.DoesNotContain(text, c => (char.IsControl(c) && c != '\n') || c is '\u202E' or '\u2066');
        }
    }

    [Theory, MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void In_colour_it_is_the_same_text(string name)
    {
        string text = Samples.All[name].ToText(60, 12, color: true), plain = Samples.All[name].ToText(60, 12);

        Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(text, "\e\\[[0-9;]*m", ""));
        Assert.All(text.Split('\n'), line => Assert.Equal(line.LastIndexOf("\e[0m", StringComparison.Ordinal), line.LastIndexOf('\e')));   // each line ends as plain as it began
        Assert.Contains("\e[1m", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Fits_the_height_it_is_given() => Assert.Equal(17, Samples.All["lines"].ToText(60, 17).Split('\n').Length);

    [Theory]
    [InlineData(19, 20)]
    [InlineData(20, 7)]
    public void Needs_some_room(int width, int height) => Assert.Throws<ArgumentOutOfRangeException>(() => Samples.All["lines"].ToText(width, height));

    [Theory]
    [InlineData("数据", 4)]
    [InlineData("e\u0301🪔", 3)]
    [InlineData("a\u001bb", 3)]
    public void Wide_characters_take_two_cells(string text, int width) => Assert.Equal(width, Terminal.WidthOf(text));

    [Theory]
    [InlineData("correlation", 5, "corr…")]
    [InlineData("数据数据", 5, "数据…")]
    [InlineData("fits", 4, "fits")]
    public void What_is_too_long_is_cut(string text, int width, string expected) => Assert.Equal(expected, Terminal.Cut(text, width));
}
