using Candeia.NN;

namespace Candeia.Tests;

/// <summary>Five training steps of whole networks from PyTorch's weights: losses, gradients, weights and running statistics.</summary>
public class NetworkGoldenTests
{
    sealed class SmallNet : Layer
    {
        readonly Conv2d conv1 = new(1, 4, 3), conv2 = new(4, 8, 3);
        readonly Linear fc1 = new(72, 8), fc2 = new(8, 1);

        public override Tensor Forward(Tensor x) => x.Apply(conv1).Relu().AvgPool2d(2).Apply(conv2).Relu().AvgPool2d(2).Flatten(1).Apply(fc1).Relu().Apply(fc2);
    }

    sealed class NormalizedNet : Layer
    {
        readonly Conv2d conv1 = new(1, 4, 3), conv2 = new(4, 8, 3);
        readonly Linear fc1 = new(72, 8), fc2 = new(8, 1);
        readonly BatchNorm2d bn1 = new(4), bn2 = new(8);
        readonly BatchNorm1d bn3 = new(8);

        public override Tensor Forward(Tensor x) => x.Apply(conv1).Relu().Apply(bn1).AvgPool2d(2).Apply(conv2).Relu().Apply(bn2).AvgPool2d(2).Flatten(1).Apply(fc1).Relu().Apply(bn3).Apply(fc2);
    }

    sealed class LinearNet : Layer
    {
        readonly Linear fc1 = new(324, 8), fc2 = new(8, 6), fc3 = new(6, 1);

        public override Tensor Forward(Tensor x) => x.Flatten(1).Apply(fc1).Relu().Apply(fc2).Relu().Apply(fc3);
    }

    sealed class TransformerNet : Layer
    {
        readonly Linear embed = new(18, 8), head = new(8, 1);
        readonly TransformerEncoderLayer encoder = new(8, 2, 16, dropout: 0);

        public override Tensor Forward(Tensor x) => x.Squeeze(1).Apply(embed).Apply(encoder).Mean([1]).Apply(head);
    }

    [Theory]
    [InlineData("train/transformer"), InlineData("train/correlation"), InlineData("train/normalized"), InlineData("train/linear")]
    public void Five_steps_are_those_of_PyTorch(string name)
    {
        var c = Golden.Open("networks")[name];
        Layer model = c.Label switch { "correlation" => new SmallNet(), "normalized" => new NormalizedNet(), "transformer" => new TransformerNet(), _ => new LinearNet() };
        model.To(DType.Float64).LoadStateDict(c.Arrays.Where(a => a.Key.StartsWith("before.", StringComparison.Ordinal)).ToDictionary(a => a.Key["before.".Length..], a => a.Value.Tensor));
        Optimizer optimizer = c.Text("optimizer") switch
        {
            "Adam" => new Adam(model.Parameters(), c.Number("lr", 1e-3)),
            "AdamW" => new AdamW(model.Parameters(), c.Number("lr")),
            _ => new SGD(model.Parameters(), c.Number("lr"), c.Number("momentum")),
        };
        Tensor x = c["input0"].Tensor.To(DType.Float64), target = c["input1"].Tensor.To(DType.Float64);
        for (int step = 0; step < 5; step++)
        {
            using var scope = Scope.Begin();
            optimizer.ZeroGrad();
            var y = model.Forward(x);
            var loss = c.Label == "linear" ? y.BceWithLogitsLoss(target > 0) : y.MseLoss(target);
            loss.Backward();
            Assert.Equal(c["losses"].Doubles[step], loss.Item(), 1e-10);
            if (step == 0)
            {
                c["output0"].AssertNear(y, 1e-10);
                foreach (var (key, p) in model.NamedParameters()) c[$"grad.{key}"].AssertNear(p.Grad!, 1e-10);
            }
            optimizer.Step();
        }
        foreach (var (key, value) in model.StateDict()) c[$"after.{key}"].AssertNear(value, 1e-7);
        c["output1"].AssertNear(model.Eval().Forward(x), 1e-7);
    }
}
