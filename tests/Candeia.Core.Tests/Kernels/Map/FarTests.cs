namespace Candeia.Tests;

/// <summary>What lies far below zero is as far as what lies far above; and what is exact at zero.</summary>
public class FarTests
{
    [Theory]
    [InlineData(-1e6)]
    [InlineData(1e6)]
    [InlineData(-123456.7)]
    public void Sines_of_many_turns_are_exact(double far)
    {
        var x = Tensor.From([0.5, far, -1]);
        Assert.Equal([Math.Sin(0.5), Math.Sin(far), Math.Sin(-1)], x.Sin().ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-15);
        Assert.Equal([Math.Cos(0.5), Math.Cos(far), Math.Cos(-1)], x.Cos().ToArray<double>(), (a, b) => Math.Abs(a - b) < 1e-15);
    }

    [Fact]
    public void Powers_that_are_infinite_are_those_of_the_standard() => Assert.Equal([1f, 0f, float.PositiveInfinity, 2f],
        Tensor.From([1f, 2f, 0.5f, 2f]).Pow(Tensor.From([float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity, 1f])).ToArray<float>());

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Of_zero_they_are_what_they_are(DType dtype)
    {
        var zeros = Tensor.Zeros([37], dtype);
        Assert.All(zeros.Exp().ToArray<double>(), y => Assert.Equal(1, y));
        Assert.All(zeros.Tanh().ToArray<double>(), y => Assert.Equal(0, y));
        Assert.All(zeros.Sin().ToArray<double>(), y => Assert.Equal(0, y));
        Assert.All(zeros.Cos().ToArray<double>(), y => Assert.Equal(1, y));
        Assert.All((zeros + 1).Log().ToArray<double>(), y => Assert.Equal(0, y));
    }
}
