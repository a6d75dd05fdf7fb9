using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Gpu.Tests;

/// <summary>Networks train there as on the processor; nothing but the batch goes to the device, and a step waits for it once, to read the loss.</summary>
[Collection(nameof(Gpu))]
public class NetworkTests
{
    static readonly Generator s_random = new(5);

    static Tensor Images(int count, int channels, int size) => Tensor.Randn([count, channels, size, size], generator: s_random.Split(count, size));

    static void Check(string name, Func<Layer> make, Func<Layer, Optimizer> optimizer, Tensor x, Tensor y, Func<Tensor, Tensor, Tensor> loss, double? clip = null, double tolerance = 1e-5)
    {
        var device = Gpu.Named(name);
        (double[] Losses, double[] Parameters) Train(Device where)
        {
            using var numbers = Generator.Use(new(7));
            var model = make().To(where);
            var steps = optimizer(model);
            List<double> losses = [];
            for (int i = 0; i < 3; i++)
            {
                using var scope = Scope.Begin();
                var before = (device.Uploads, device.Waits, device.Fallbacks);
                steps.ZeroGrad();
                var value = loss(model.Forward(x.To(where)), y.To(where));
                value.Backward();
                if (clip is { } max) model.Parameters().ClipGradNorm(max);
                steps.Step();
                losses.Add(value.Item());
                if (where == device) Assert.Equal((2L, 1L, 0L), (device.Uploads - before.Uploads, device.Waits - before.Waits, device.Fallbacks - before.Fallbacks));
            }
            return ([.. losses], [.. model.Parameters().SelectMany(p => p.ToArray<double>())]);
        }
        var (here, there) = (Train(Device.Cpu), Train(device));
        foreach (var (a, b) in here.Losses.Zip(there.Losses)) Assert.Equal(a, b, tolerance * Math.Max(1, Math.Abs(a)));
        double[] away = [.. here.Parameters.Zip(there.Parameters, (a, b) => Math.Abs(a - b) / Math.Max(1, Math.Abs(a)))];
        Assert.True(away.Max() <= tolerance, $"{away.Max()} away");
    }

    // Adam's first steps are signs of gradients, also of those that are nothing but rounding: an ε that is not as small takes these out of the comparison.
    [SkippableTheory, InlineData("opencl"), InlineData("cuda")]
    public void The_network_of_the_tutorial_with_Adam(string device) => Check(
        device, () => new CorrelationNet(), m => new Adam(m.Parameters(), epsilon: 1e-4), Images(2, 1, 130), Tensor.From([0.3f, -0.6f], [2, 1]), (y, t) => y.MseLoss(t));

    [SkippableTheory, InlineData("opencl"), InlineData("cuda")]
    public void A_residual_network_with_batch_normalization_and_SGD(string device) => Check(
        device, () => new ResNet([2, 2, 2, 2], classes: 10, width: 8, smallImages: true), m => new SGD(m.Parameters(), 0.05, momentum: 0.9, weightDecay: 1e-4),
        Images(4, 3, 16), Tensor.From([1L, 7, 0, 3]), (y, t) => y.CrossEntropyLoss(t));

    [SkippableTheory, InlineData("opencl"), InlineData("cuda")]
    public void A_transformer_with_dropout_and_clipped_gradients(string device) => Check(
        device, () => new TransformerEncoderLayer(16, 4, feedforward: 32, dropout: 0.2), m => new AdamW(m.Parameters(), 1e-2, epsilon: 1e-2),
        Tensor.Randn([3, 5, 16], generator: s_random.Split(1)), Tensor.Randn([3, 5, 16], generator: s_random.Split(2)), (y, t) => y.MseLoss(t), clip: 0.1);
}
