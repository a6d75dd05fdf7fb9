using Candeia.NN;

namespace Candeia.Tests;

public class ClippingTests
{
    static Tensor[] Given() =>
    [
        new Func<Tensor>(() => { var a = Parameter.Of(Tensor.Ones([2])); a.Grad = Tensor.From([3f, 0f]); return a; })(),
        Parameter.Of(Tensor.Ones([1])),
        new Func<Tensor>(() => { var b = Parameter.Of(Tensor.Ones([1])); b.Grad = Tensor.From([-4f]); return b; })(),
    ];

    [Theory]
    [InlineData(2, 5), InlineData(1, 7), InlineData(double.PositiveInfinity, 4)]
    public void A_common_norm_is_limited(double p, double norm)
    {
        var parameters = Given();
        Assert.Equal(norm, parameters.ClipGradNorm(norm / 2, p).Item(), 1e-5);
        Assert.Equal(1.5f, parameters[0].Grad!.ToArray<float>()[0], 1e-5f);
        Assert.Equal(-2f, parameters[2].Grad!.ToArray<float>()[0], 1e-5f);
        Assert.Null(parameters[1].Grad);
        Assert.Equal(norm / 2, parameters.ClipGradNorm(100, p).Item(), 1e-5);
        Assert.Equal(1.5f, parameters[0].Grad!.ToArray<float>()[0], 1e-5f);
        Assert.Equal(0, new[] { parameters[1] }.ClipGradNorm(1, p).Item());
    }

    [Fact]
    public void Single_values_are_limited()
    {
        var parameters = Given();
        parameters.ClipGradValue(3.5);
        Assert.Equal([3f, 0], parameters[0].Grad!.ToArray<float>());
        Assert.Equal([-3.5f], parameters[2].Grad!.ToArray<float>());
    }

    /// <summary>A limit leaves what is below it to the bit, and what is not finite as it is, for NanWatch to find.</summary>
    [Fact]
    public void What_needs_no_limit_is_not_written()
    {
        var parameters = Given();
        parameters.ClipGradNorm(6);
        Assert.Equal([3f, 0], parameters[0].Grad!.ToArray<float>());
        parameters[2].Grad = Tensor.From([float.NaN]);
        Assert.True(double.IsNaN(parameters.ClipGradNorm(1).Item()));
        Assert.Equal([3f, 0], parameters[0].Grad!.ToArray<float>());
    }

    [Fact]
    public void Gradients_of_two_types_have_one_norm()
    {
        var parameters = Given();
        var wide = Parameter.Of(Tensor.Ones([1], DType.Float64));
        wide.Grad = Tensor.From([12.0]);
        Assert.Equal(13, new[] { parameters[0], parameters[2], wide }.ClipGradNorm(6.5).Item(), 1e-5);
        Assert.Equal(6, wide.Grad.Item(), 1e-5);
        Assert.Equal(1.5f, parameters[0].Grad!.ToArray<float>()[0], 1e-5f);
    }
}
