using FsCheck;
using FsCheck.Fluent;

namespace Candeia.Charts.Tests;

public class LinearTicksTests
{
    [Theory]
    [InlineData(0, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-1, 1, 4, "−1.0 −0.5 0.0 0.5 1.0")]
    [InlineData(0, 100, 4, "0 25 50 75 100")]
    [InlineData(0.0009, 0.0583, 6, "0.01 0.02 0.03 0.04 0.05")]
    [InlineData(0, 30000, 3, "0 10\u202F000 20\u202F000 30\u202F000")]
    [InlineData(0, 8e6, 4, "0 2\u202FM 4\u202FM 6\u202FM 8\u202FM")]
    [InlineData(0, 8e-7, 4, "0 2×10⁻⁷ 4×10⁻⁷ 6×10⁻⁷ 8×10⁻⁷")]
    [InlineData(1e6, 1000001, 5, "1\u202F000\u202F000.0 1\u202F000\u202F000.2 1\u202F000\u202F000.4 1\u202F000\u202F000.6 1\u202F000\u202F000.8 1\u202F000\u202F001.0")]
    public void Are_round_numbers(double low, double high, int count, string expected) =>
        Assert.Equal(expected, string.Join(" ", LinearTicks.Between(low, high, count).Select(t => t.Label)));

    [Fact]
    public void Of_whole_numbers_are_whole() => Assert.Equal([1, 2, 3], LinearTicks.Between(1, 3, 9, integers: true).Select(t => t.Value));

    [Fact]
    public void Are_the_decimal_numbers_themselves() => Assert.Equal([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1], LinearTicks.Between(0, 1, 10).Select(t => t.Value));

    [Fact]
    public void Are_in_order_inside_at_equal_distances_with_different_labels() => Prop.ForAll((int mantissa, int exponent, Tuple<PositiveInt, PositiveInt> more) =>
    {
        var (width, wanted) = more;
        double low = mantissa * Math.Pow(10, exponent % 200), high = low + width.Get * Math.Pow(10, exponent % 200);
        int count = 2 + wanted.Get % 10;
        var ticks = LinearTicks.Between(low, high, count);
        double step = ticks.Count > 1 ? ticks[1].Value - ticks[0].Value : high - low, slack = 1e-6 * step;
        return ticks.Count >= count / 2 && ticks.Count <= count + 1
            && ticks.All(t => t.Value >= low - slack && t.Value <= high + slack)
            && ticks.Skip(1).Zip(ticks).All(p => Math.Abs(p.First.Value - p.Second.Value - step) <= slack)
            && ticks.Select(t => t.Label).Distinct().Count() == ticks.Count;
    }).Try();
}
