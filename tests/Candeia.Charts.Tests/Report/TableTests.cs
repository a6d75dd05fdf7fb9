namespace Candeia.Charts.Tests;

public class TableTests
{
    sealed record Epoch(int Number, double TrainLoss, double? ValidLoss, TimeSpan Time, string Note, bool Best);

    static string[] Cells(params object?[] values) => [.. Column.Of(values).Cells];

    [Fact]
    public void A_record_is_a_row_and_its_properties_are_columns()
    {
        var table = Table.Of([new Epoch(1, 0.5, null, TimeSpan.FromSeconds(65), "", true)]);

        Assert.Equal(["number", "train loss", "valid loss", "time", "note", "best"], table.Columns);
        Assert.Equal(["1", "0.5", "–", "1\u202Fmin 5\u202Fs", "–", "yes"], Enumerable.Range(0, 6).Select(j => Column.Of([table.Rows[0][j]]).Cells[0]));
    }

    [Fact]
    public void A_column_has_digits_enough_for_its_smallest_number() => Assert.Equal(["0.05830", "0.00121"], Cells(0.0583, 0.00121));

    [Fact]
    public void Zeros_that_all_end_in_are_left_out() => Assert.Equal(["0.5", "12.0"], Cells(0.5, 12.0));

    [Fact]
    public void Whole_numbers_have_no_point() => Assert.Equal(["1", "3\u202F304\u202F193"], Cells(1, 3304193L));

    [Fact]
    public void What_is_missing_is_a_dash() => Assert.Equal(["–", "2", "–"], Cells(null, 2f, double.NaN));

    [Fact]
    public void Numbers_of_all_sizes_speak_for_themselves() => Assert.Equal(["1.5×10⁻¹⁰", "2\u202F000\u202F000", "∞"], Cells(1.5e-10, 2e6, double.PositiveInfinity));

    [Fact]
    public void Numbers_stand_right_and_texts_left()
    {
        Assert.Equal("number", Column.Of([1, 2.5, null]).Class);
        Assert.Equal("number", Column.Of([TimeSpan.Zero]).Class);
        Assert.Equal("text", Column.Of([1, "two"]).Class);
    }

    [Fact]
    public void Rows_have_a_cell_for_each_column() =>
        Assert.Contains("Row 0", Assert.Throws<ArgumentException>(() => new Table(["a"], [[1, 2]])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0.314159, "0.314\u202Fs")]
    [InlineData(59.99, "1\u202Fmin 0\u202Fs")]
    [InlineData(7810, "2\u202Fh 10\u202Fmin")]
    public void Times_have_the_unit_that_suits_them(double seconds, string expected) => Assert.Equal(expected, Numbers.Duration(TimeSpan.FromSeconds(seconds)));
}
