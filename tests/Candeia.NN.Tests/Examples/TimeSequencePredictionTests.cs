using Candeia.NN;

namespace Candeia.Tests;

/// <summary>time_sequence_prediction of PyTorch's examples, small: two LSTM cells learn sine waves of different phases by L-BFGS in float64, and go on by themselves.</summary>
public class TimeSequencePredictionTests
{
    const int Waves = 10, Length = 60, Period = 20, Hidden = 12;

    sealed class Sequence : Module
    {
        readonly LSTMCell lstm1 = new(1, Hidden, generator: new Generator(1)), lstm2 = new(Hidden, Hidden, generator: new Generator(2));
        readonly Linear linear = new(Hidden, 1, generator: new Generator(3));

        /// <summary>[n, length] → [n, length + future]: at each step what comes next, and then what it says of its own answers.</summary>
        public Tensor Forward(Tensor x, int future = 0)
        {
            List<Tensor> said = [];
            (Tensor, Tensor)? first = null, second = null;
            for (int t = 0; t < x.Shape[1] + future; t++)
            {
                first = lstm1.Forward(t < x.Shape[1] ? x[.., t..(t + 1)] : said[^1], first);
                second = lstm2.Forward(first.Value.Item1, second);
                said.Add(second.Value.Item1.Apply(linear));
            }
            return Tensor.Cat([.. said], 1);
        }
    }

    [Fact]
    public void Sine_waves_are_learnt_and_gone_on_with()
    {
        var phase = (Tensor.Arange(Waves).To(DType.Float64) * 1.7).Unsqueeze(1);
        var waves = ((Tensor.Arange(Length + 1 + Period).To(DType.Float64).Unsqueeze(0) + phase) * (2 * Math.PI / Period)).Sin();
        Tensor input = waves[3.., ..Length], target = waves[3.., 1..(Length + 1)], testInput = waves[..3, ..Length], testTarget = waves[..3, 1..];
        var net = (Sequence)new Sequence().To(DType.Float64);
        var lbfgs = new LBFGS(net.Parameters(), learningRate: 0.8);
        double loss = 0;
        for (int step = 0; step < 5; step++)
            loss = lbfgs.Step(() =>
            {
                lbfgs.ZeroGrad();
                var cost = net.Forward(input).MseLoss(target);
                cost.Backward();
                return cost;
            }).Item();
        Assert.InRange(loss, 0, 0.01);
        using var _ = Autograd.NoGrad();
        var future = net.Forward(testInput, Period)[.., ^Period..];
        Assert.InRange((future - testTarget[.., ^Period..]).Square().Mean().Item(), 0, 0.1);
    }
}
