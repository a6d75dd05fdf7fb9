namespace Candeia.Charts.Tests;

public class NumbersTests
{
    [Theory]
    [InlineData(0.00126, "0.00126")]
    [InlineData(0.0012567, "0.00126")]
    [InlineData(0.42, "0.42")]
    [InlineData(0.9996, "1")]
    [InlineData(3304193, "3\u202F304\u202F193")]
    [InlineData(1234, "1234")]
    [InlineData(12345.678, "12\u202F346")]
    [InlineData(-2.5, "−2.5")]
    [InlineData(1.5e-7, "1.5×10⁻⁷")]
    [InlineData(-3e20, "−3×10²⁰")]
    [InlineData(0, "0")]
    [InlineData(double.NaN, "–")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Significant_digits(double value, string expected) => Assert.Equal(expected, Numbers.Significant(value));

    [Theory]
    [InlineData(-0.0001, 2, "0.00")]
    [InlineData(9999.5, 0, "10\u202F000")]
    [InlineData(-1234567.891, 2, "−1\u202F234\u202F567.89")]
    public void Fixed_decimals(double value, int decimals, string expected) => Assert.Equal(expected, Numbers.Fixed(value, decimals));
}
