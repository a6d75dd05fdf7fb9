using FsCheck;
using FsCheck.Fluent;

namespace Candeia.Charts.Tests;

public class LogTicksTests
{
    [Theory]
    [InlineData(0.0009, 0.06, 6, "0.001 0.002 0.005 0.01 0.02 0.05")]
    [InlineData(0.001, 1000, 8, "0.001 0.01 0.1 1 10 100 1000")]
    [InlineData(1e-8, 1, 4, "10⁻⁸ 10⁻⁶ 10⁻⁴ 10⁻² 10⁰")]
    [InlineData(2, 4, 4, "2.0 2.5 3.0 3.5 4.0")]
    public void Are_powers_of_ten_and_their_parts(double low, double high, int count, string expected) =>
        Assert.Equal(expected, string.Join(" ", LogTicks.Between(low, high, count).Select(t => t.Label)));

    [Fact]
    public void Are_in_order_inside_and_not_too_many() => Prop.ForAll<int, PositiveInt, PositiveInt>((start, length, wanted) =>
    {
        double low = Math.Pow(10, start % 250 / 1.7), high = Math.Min(1e300, low * Math.Pow(10, length.Get % 200 / 7.0));
        int count = 2 + wanted.Get % 10;
        var ticks = LogTicks.Between(low, high, count);
        return ticks.Count >= 1 && ticks.Count <= 3 * count + 4
            && ticks.All(t => t.Value >= low * (1 - 1e-6) && t.Value <= high * (1 + 1e-6))
            && ticks.Skip(1).Zip(ticks).All(p => p.First.Value > p.Second.Value);
    }).Try();
}
