using Candeia.NN;

namespace Candeia.Tests;

public class OptimizerTests
{
    [Fact]
    public void Parameters_without_gradients_stay_and_a_step_without_any_is_refused()
    {
        Tensor a = Parameter.Of(Tensor.Ones([2])), b = Parameter.Of(Tensor.Ones([2]));
        var sgd = new SGD([a, b], 0.5);
        Assert.Contains("call Backward()", Assert.Throws<InvalidOperationException>(sgd.Step).Message, StringComparison.Ordinal);
        a.Sum().Backward();
        sgd.Step();
        Assert.Equal([0.5f, 0.5f], a.ToArray<float>());
        Assert.Equal([1f, 1f], b.ToArray<float>());
        Assert.True(a.RequiresGrad);
    }

    [Fact]
    public void Groups_have_numbers_of_their_own()
    {
        Tensor a = Parameter.Of(Tensor.Ones([1])), b = Parameter.Of(Tensor.Ones([1]));
        var sgd = new SGD([a], 0.5).AddGroup([b], learningRate: 0.25, weightDecay: 1);
        (a + b).Sum().Backward();
        sgd.Step();
        Assert.Equal(0.5f, (float)a);
        Assert.Equal(0.5f, (float)b);
        Assert.Equal([0.5, 0.25], sgd.Groups.Select(g => g.LearningRate));
        Assert.Throws<ArgumentException>(() => sgd.AddGroup([a]));
        Assert.Throws<ArgumentException>(() => sgd.AddGroup([]));
        Assert.Throws<ArgumentException>(() => new SGD([a * 2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SGD([a], -1));
    }

    [Fact]
    public void ZeroGrad_forgets_and_state_outlives_scopes()
    {
        var w = Parameter.Of(Tensor.Ones([2]));
        var adam = new Adam([w], 0.1);
        for (int step = 0; step < 3; step++)
        {
            using var scope = Scope.Begin();
            adam.ZeroGrad();
            Assert.Null(w.Grad);
            (w * w).Sum().Backward();
            adam.Step();
        }
        Assert.All(w.ToArray<float>(), x => Assert.InRange(x, 0.69f, 0.71f));
        Assert.Equal(2, w.Grad!.ToArray<float>().Length);
    }

    [Fact]
    public void A_closure_returns_the_loss_before_the_step()
    {
        var w = Parameter.Of(Tensor.Ones([1]));
        var sgd = new SGD([w], 0.25);
        var loss = sgd.Step(() =>
        {
            sgd.ZeroGrad();
            var y = (w * w).Sum();
            y.Backward();
            return y;
        });
        Assert.Equal(1f, (float)loss);
        Assert.Equal(0.5f, (float)w);
    }
}
