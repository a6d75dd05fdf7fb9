using Candeia.Kernels;

namespace Candeia.Tests;

public class PortableMathTests
{
    [Fact]
    public void Log_agrees_with_the_system()
    {
        var random = new Generator(1);
        for (int i = 0; i < 20_000; i++)
        {
            double x = Math.Pow(2, 100 * (random.NextDouble() - 0.5)) * (1 + random.NextDouble());
            Assert.Equal(Math.Log(x), PortableMath.Log(x), 4e-16 * Math.Max(0.1, Math.Abs(Math.Log(x))));
        }
        Assert.Equal(0, PortableMath.Log(1));
        for (double x = 0.999; x < 1.001; x += 1e-5) Assert.Equal(Math.Log(x), PortableMath.Log(x), 1e-18);
    }

    [Fact]
    public void Exp_agrees_with_the_system()
    {
        for (double x = -700; x < 700; x += 0.173) Assert.Equal(1, PortableMath.Exp(x) / Math.Exp(x), 2e-14 * Math.Max(1, Math.Abs(x) / 100));
        for (double x = -10; x < 10; x += 0.0173) Assert.Equal(1, PortableMath.Exp(x) / Math.Exp(x), 1e-15);
    }

    [Fact]
    public void Whole_powers_agree_with_the_system()
    {
        foreach (double x in (double[])[0.9, 0.999, 0.5, 1, 2, -1.5])
            foreach (long n in (long[])[0, 1, 2, 3, 4, 7, 10, 100, 1000])
                Assert.Equal(1, PortableMath.Power(x, n) / Math.Pow(x, n), 1e-15 * Math.Max(1, n));
        Assert.Equal(0.9, PortableMath.Power(0.9, 1));
        Assert.Equal(0, PortableMath.Power(0.999, 10_000_000));
    }

    [Fact]
    public void Powers_agree_with_the_system()
    {
        foreach (double x in (double[])[0.96, 0.5, 2, 10_000, 1e-3])
            foreach (double y in (double[])[0, 1, 0.5, -0.75, 3.3, -0.8, 20])
                Assert.Equal(1, PortableMath.Power(x, y) / Math.Pow(x, y), 1e-13);
        Assert.Equal((0, 1, double.PositiveInfinity), (PortableMath.Power(0.0, 0.9), PortableMath.Power(0.0, 0.0), PortableMath.Power(0.0, -1.0)));
    }

    [Fact]
    public void Sines_agree_with_the_system()
    {
        for (double angle = -20; angle < 5000; angle += 3.37)
        {
            var (sin, cos) = PortableMath.SinCos(angle);
            Assert.Equal(Math.Sin(angle), sin, 4e-15 * Math.Max(1, Math.Abs(angle)));
            Assert.Equal(Math.Cos(angle), cos, 4e-15 * Math.Max(1, Math.Abs(angle)));
        }
    }

    [Fact]
    public void Functions_of_one_number_agree_with_the_system()
    {
        for (double x = -700; x < 700; x += 0.173) Assert.Equal(1, OneNumber.Exp(x) / Math.Exp(x), 4e-16);
        for (double x = 1e-300; x < 1e300; x *= 3.7) Assert.Equal(Math.Log(x), OneNumber.Log(x), 4e-16 * Math.Abs(Math.Log(x)));
        Assert.Equal(0, OneNumber.Exp(double.NegativeInfinity));
        Assert.True(OneNumber.Log(0) < -700);
        Assert.True(double.IsNaN(OneNumber.Exp(double.NaN)) && double.IsNaN(OneNumber.Log(double.NaN)));
    }

    [Fact]
    public void Cosines_agree_with_the_system()
    {
        for (double part = -3; part <= 5; part += 0.00173) Assert.Equal(Math.Cos(Math.PI * part), PortableMath.CosPi(part), 4e-15);
        Assert.Equal((1, 0, -1, 1), (PortableMath.CosPi(0), PortableMath.CosPi(0.5), PortableMath.CosPi(1), PortableMath.CosPi(2)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(9, 12.801827480081469)]
    [InlineData(10, 15.104412573075516)]
    [InlineData(170, 706.5730622457875)]
    public void Log_factorial(int n, double expected) => Assert.Equal(expected, PortableMath.LogFactorial(n), 1e-10);

    // From tables: Φ⁻¹ to 15 digits.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.6, 0.253347103135800)]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.025, -1.959963984540054)]
    [InlineData(0.999, 3.090232306167813)]
    [InlineData(1e-10, -6.361340902404056)]
    [InlineData(1e-15, -7.941345326170998)]
    public void Normal_quantiles(double p, double expected) => Assert.Equal(expected, NormalQuantile.At(p), 3e-14);
}
