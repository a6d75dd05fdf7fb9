using System.Runtime.CompilerServices;
using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Tests;

public class ResNetTests
{
    [Fact]
    public void Keys_and_sizes_are_those_of_torchvision()
    {
        var net = ResNet.ResNet18();
        Assert.Equal(11_689_512, net.Parameters().Sum(p => p.Numel));
        Assert.Equal(21_797_672, ResNet.ResNet34().Parameters().Sum(p => p.Numel));
        string[] keys = [.. net.StateDict().Keys];
        Assert.Equal(122, keys.Length);
        Assert.Equal(["conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var", "bn1.num_batches_tracked", "layer1.0.conv1.weight"], keys[..7]);
        Assert.Contains("layer2.0.downsample.0.weight", keys);
        Assert.Contains("layer4.1.bn2.running_var", keys);
        Assert.Equal(["fc.weight", "fc.bias"], keys[^2..]);
    }

    [Theory]
    [InlineData(false, 64, 2), InlineData(true, 32, 4)]
    public void Images_become_scores(bool smallImages, int size, int last)
    {
        var net = new ResNet([1, 1, 1, 1], classes: 5, channels: 1, width: 4, smallImages);
        Assert.Equal([3, 5], net.Forward(Tensor.Rand([3, 1, size, size])).Shape);
        var row = net.Summarize([3, 1, size, size]).Rows.Last(r => r.Path.StartsWith("layer4", StringComparison.Ordinal));
        Assert.Equal(last, row.Output!.Value[^1]);
    }

    [Fact]
    public void An_anomaly_within_it_names_the_line_that_calls_it()
    {
        var net = new ResNet([1, 1, 1, 1], classes: 2, channels: 1, width: 4, smallImages: true);
        using (Autograd.NoGrad()) net.Parameters()[0].Fill(float.PositiveInfinity);
        using var _ = Autograd.DetectAnomaly();
        string message = Assert.Throws<AnomalyException>(() => Scores(net)).Message;
        Assert.StartsWith("Conv2d made NaN", message, StringComparison.Ordinal);
        Assert.Contains($"{nameof(ResNetTests)}.{nameof(Scores)}, {nameof(ResNetTests)}.cs:", message, StringComparison.Ordinal);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Tensor Scores(Layer net) => net.Forward(Tensor.Randn([2, 1, 8, 8], generator: new Generator(1))) + 0;

    [Fact]
    public void It_learns_to_tell_two_patterns_apart()
    {
        var net = new ResNet([1, 1, 1, 1], classes: 2, channels: 1, width: 4, smallImages: true);
        Tensor stripes = Tensor.Arange(16).Remainder(2), y = Tensor.From(Enumerable.Range(0, 16).Select(i => (long)(i % 2)).ToArray(), [16]);
        Tensor across = stripes.Unsqueeze(0).Expand([16, 16]), down = across.T();
        var x = Tensor.Stack([.. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? across : down)]).Unsqueeze(1) + 0.1 * Tensor.Randn([16, 1, 16, 16], generator: new Generator(1));
        var adam = new Adam(net.Parameters(), 0.01);
        for (int i = 0; i < 20; i++)
        {
            adam.ZeroGrad();
            net.Forward(x).CrossEntropyLoss(y).Backward();
            adam.Step();
        }
        Assert.Equal(y.ToArray<long>(), net.Forward(x).ArgMax(1).ToArray<long>());
    }
}
