namespace Candeia.Tests;

/// <summary>What PyTorch does at the borders: single points, nothing, not-a-number, arguments without meaning.</summary>
public class BorderTests
{
    [Fact]
    public void Ranges()
    {
        Assert.Equal([3f], Tensor.Linspace(3, 10, 1).ToArray<float>());
        Assert.Equal([0f, 0.5f, 1], Tensor.Linspace(0, 1, 3).ToArray<float>());
        Assert.Empty(Tensor.Linspace(0, 1, 0).ToArray<float>());
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Linspace(0, 1, -1));
        Assert.Contains("away", Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Arange(5, 0)).Message, StringComparison.Ordinal);
        Assert.Equal([5L, 3, 1], Tensor.Arange(5, 0, -2).ToArray<long>());
        Assert.Empty(Tensor.Arange(5, 5).ToArray<long>());
        Assert.Equal([0f, 0.5f], Tensor.Arange(0, 1, 0.5).ToArray<float>());
        Assert.Contains("at most", Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Arange(0, 1e12)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Arange(0, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Normal([2], 0, -1));
    }

    [Fact]
    public void A_dimension_is_named_once()
    {
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => Tensor.Ones([2, 3]).Sum(0, 0)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Tensor.Ones([2, 3]).Amax(1, -1));
    }

    [Fact]
    public void The_gradient_of_no_spread_is_zero()
    {
        var x = Tensor.Ones([4]);
        x.RequiresGrad = true;
        x.Std().Backward();
        Assert.Equal([0f, 0, 0, 0], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void Both_get_the_gradient_where_one_is_no_number()
    {
        Tensor a = Tensor.From([double.NaN, 1, 2]), b = Tensor.From([1.0, 1, 5]);
        a.RequiresGrad = b.RequiresGrad = true;
        var max = Autograd.Gradients(a.Maximum(b).Sum(), [a, b]);
        Assert.Equal([1, 0.5, 0], max[0].ToArray<double>());
        Assert.Equal([1, 0.5, 1], max[1].ToArray<double>());
        var min = Autograd.Gradients(a.Minimum(b).Sum(), [a, b]);
        Assert.Equal([1, 0.5, 1], min[0].ToArray<double>());
        Assert.Equal([1, 0.5, 0], min[1].ToArray<double>());
    }

    [Fact]
    public void A_negative_power_of_zero_has_an_infinite_gradient_in_the_exponent()
    {
        Tensor a = Tensor.From([0.0, 0]), b = Tensor.From([-1.0, 1]);
        b.RequiresGrad = true;
        Assert.Equal([double.NegativeInfinity, 0], Autograd.Gradients(a.Pow(b).Sum(), [b])[0].ToArray<double>());
    }

    [Fact]
    public void The_logarithm_of_no_sum_is_minus_infinity()
    {
        Assert.Equal(double.NegativeInfinity, Tensor.Zeros([0]).LogSumExp([0]).Item());
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity], Tensor.Zeros([2, 0], DType.Float64).LogSumExp([1]).ToArray<double>());
    }

    [Fact]
    public void Probabilities_lie_between_0_and_1()
    {
        Assert.Contains("0 and 1", Assert.Throws<ArgumentException>(() => new BinaryCrossEntropyOp().Apply(Tensor.From([0.5, 1.5]), Tensor.From([0.0, 1]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new BinaryCrossEntropyOp().Apply(Tensor.From([-0.1f]), Tensor.From([1f])));
    }
}
