namespace Candeia.Tests;

/// <summary>Lines beyond an image are no zeros that are multiplied: they take no part, whatever they would meet.</summary>
public class LinesBeyondTests
{
    static readonly Tensor s_x = Tensor.Ones([1, 2, 3, 3]);

    [Fact]
    public void A_weight_that_no_line_meets_counts_for_nothing()
    {
        var weight = Tensor.Ones([4, 2, 3, 3]);
        weight[.., .., 0, 1] = float.PositiveInfinity;
        var y = s_x.Conv2d(weight, padding: 1);
        Assert.Equal(12, y[0, 0, 0, 1].Item());
        Assert.Equal(double.PositiveInfinity, y[0, 0, 1, 1].Item());
    }

    [Fact]
    public void Nor_in_a_transposed_convolution()
    {
        var weight = Tensor.Ones([2, 6, 3, 3]);
        weight[.., .., 2, 1] = float.PositiveInfinity;
        var y = s_x.ConvTranspose2d(weight, padding: 1);
        Assert.Equal(12, y[0, 0, 0, 1].Item());
        Assert.Equal(double.PositiveInfinity, y[0, 0, 1, 1].Item());
    }

    [Fact]
    public void A_gradient_that_no_line_meets_counts_for_no_weight()
    {
        var weight = Tensor.Ones([4, 2, 3, 3]);
        weight.RequiresGrad = true;
        var gradient = Tensor.Ones([8, 4, 3, 3]);
        gradient[.., .., 0, 1] = float.PositiveInfinity;
        Tensor.Ones([8, 2, 3, 3]).Conv2d(weight, padding: 1).Backward(gradient);
        Assert.Equal(48, weight.Grad![0, 0, 0, 1].Item());
        Assert.Equal(double.PositiveInfinity, weight.Grad[0, 0, 1, 1].Item());
    }
}
