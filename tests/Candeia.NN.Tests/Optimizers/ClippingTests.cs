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
        Assert.Equal(norm, (double)parameters.ClipGradNorm(norm / 2, p), 1e-5);
        Assert.Equal(1.5f, parameters[0].Grad!.ToArray<float>()[0], 1e-5f);
        Assert.Equal(-2f, parameters[2].Grad!.ToArray<float>()[0], 1e-5f);
        Assert.Null(parameters[1].Grad);
        Assert.Equal(norm / 2, (double)parameters.ClipGradNorm(100, p), 1e-5);
        Assert.Equal(1.5f, parameters[0].Grad!.ToArray<float>()[0], 1e-5f);
        Assert.Equal(0, (double)new[] { parameters[1] }.ClipGradNorm(1, p));
    }

    [Fact]
    public void Single_values_are_limited()
    {
        var parameters = Given();
        parameters.ClipGradValue(3.5);
        Assert.Equal([3f, 0], parameters[0].Grad!.ToArray<float>());
        Assert.Equal([-3.5f], parameters[2].Grad!.ToArray<float>());
    }
}
