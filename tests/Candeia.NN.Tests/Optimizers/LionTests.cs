using Candeia.NN;

namespace Candeia.Tests;

public class LionTests
{
    [Fact]
    public void Steps_follow_the_paper()
    {
        var w = Parameter.Of(Tensor.From([1.0, -2.0]));
        var lion = new Lion([w], learningRate: 0.1, beta1: 0.5, beta2: 0.75, weightDecay: 0.2);
        w.Grad = Tensor.From([4.0, -8.0]);
        lion.Step();                                                         // θ·(1 − 0.02) − 0.1·sign(g); m = g/4
        Near([0.88, -1.86], w);
        w.Grad = Tensor.From([-0.5, 3.0]);
        lion.Step();                                                         // sign(m/2 + g/2) = sign(0.25, 0.5)
        Near([0.88 * 0.98 - 0.1, -1.86 * 0.98 - 0.1], w);
        w.Grad = Tensor.From([0.0, 0.0]);
        lion.Step();                                                         // m = 3/4·(1, −2) + 1/4·(−0.5, 3) = (0.625, −0.75)
        Near([(0.88 * 0.98 - 0.1) * 0.98 - 0.1, (-1.86 * 0.98 - 0.1) * 0.98 + 0.1], w);
    }

    static void Near(double[] expected, Tensor actual)
    {
        double[] values = actual.ToArray<double>();
        for (int i = 0; i < values.Length; i++) Assert.Equal(expected[i], values[i], 1e-12);
    }
}
