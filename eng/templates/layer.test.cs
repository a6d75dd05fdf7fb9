using Candeia.NN;

namespace Candeia.Tests;

public class NAMETests
{
    [Fact]
    public void Scales_each_feature_and_learns_by_how_much()
    {
        var layer = new NAME(2) { Weight = Parameter.Of(Tensor.From([2f, 3])) };
        Assert.Equal(["weight"], layer.StateDict().Keys);
        var y = layer.Forward(Tensor.From([1f, 1, 10, 10], [2, 2]));
        Assert.Equal([2f, 3, 20, 30], y.ToArray<float>());
        y.Sum().Backward();
        Assert.Equal([11f, 11], layer.Weight.Grad!.ToArray<float>());
    }

    [Fact]
    public void Other_shapes_are_refused() =>
        Assert.Contains("does not take [2, 3]", Assert.Throws<ShapeException>(() => new NAME(2).Forward(Tensor.Ones([2, 3]))).Message, StringComparison.Ordinal);
}
