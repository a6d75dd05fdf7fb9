using System.Text.Json;
using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Tests;

/// <summary>Networks for masks against torchvision 0.14, and U-Net and UPerNet against the same in PyTorch: tests/golden/families/segmentation.py.</summary>
public class SegmentationTests
{
    const int Classes = 7;
    static readonly JsonElement s_golden = Golden.Json("segmentation");

    // The large ones have the blocks of the small ones: they are left for CANDEIA_LARGE=1.
    static readonly long s_most = Environment.GetEnvironmentVariable("CANDEIA_LARGE") == "1" ? long.MaxValue : 12_000_000;

    public static TheoryData<string> Named => [.. s_golden.EnumerateObject().Select(m => m.Name)];

    public static TheoryData<string> Computed => [.. s_golden.EnumerateObject().Where(m => m.Value.TryGetProperty("size", out _) && m.Value.GetProperty("parameters").GetInt64() <= s_most).Select(m => m.Name)];

    static Layer Undrawn(string name, int classes)
    {
        using var _ = Init.Skip();
        return name switch
        {
            "unet" => new UNet(Classes, width: 8, depth: 3),
            "upernet_convnext" => new UperNet(StagedLayers.Of(ConvNeXt.Create(8, [1, 1, 1, 1], 0, Classes).Get<Sequential>("features")), Classes, auxiliary: 2, channels: 16),
            "upernet_swin" => new UperNet(StagedLayers.Of(SwinTransformer.Create(8, [1, 1, 1, 1], [1, 2, 2, 4], 0, second: false, Classes).Get<Sequential>("features"), channelsLast: true), Classes, channels: 16),
            _ => SegmentationModels.Create(name, classes, s_golden.GetProperty(name).GetProperty("auxiliary").GetBoolean()),
        };
    }

    [Theory]
    [MemberData(nameof(Named))]
    public void Keys_shapes_and_sizes_are_those_of_torchvision(string name)
    {
        using var scope = Scope.Begin();
        var net = Undrawn(name, 21);
        Assert.Equal(s_golden.GetProperty(name).GetProperty("parameters").GetInt64(), net.Parameters().Sum(p => p.Numel));
        Assert.Equal(s_golden.GetProperty(name).GetProperty("keys").GetString(), Formula.Keys(net));
    }

    [Theory]
    [MemberData(nameof(Computed))]
    public void Outputs_and_gradients_are_those_of_torchvision(string name)
    {
        using var scope = Scope.Begin();
        var golden = s_golden.GetProperty(name);
        var net = Undrawn(name, Classes).Eval();
        Formula.Fill(net, 1);
        var x = Formula.Pictures(2, golden.GetProperty("size").GetInt32());
        var (scores, helper) = net switch { SegmentationModel model => model.ForwardAll(x), UperNet model => model.ForwardAll(x), _ => (net.Forward(x), null) };
        Tensor[] outputs = helper is null ? [scores] : [scores, helper];
        Assert.Equal(net.Forward(x).ToArray<float>(), scores.ToArray<float>());
        Assert.Equal(golden.GetProperty("outputs").GetArrayLength(), outputs.Length);
        foreach (var (output, numbers) in outputs.Zip(golden.GetProperty("outputs").EnumerateArray()))
        {
            float[] expected = [.. numbers.EnumerateArray().Select(v => v.GetSingle())], seen = Shown(output);
            float most = expected.Max(Math.Abs);
            Assert.Equal(expected.Length, seen.Length);
            for (int i = 0; i < seen.Length; i++) Assert.InRange((seen[i] - expected[i]) / most, -1e-4f, 1e-4f);
        }
        var weights = Tensor.From([.. Enumerable.Range(0, (int)outputs[0].Numel).Select(i => (float)Math.Cos(i))], outputs[0].Shape);
        outputs.Select(o => (o * weights).Sum()).Aggregate((a, b) => a + b).Backward();
        Formula.AssertGradients(net, golden.GetProperty("gradients"));
    }

    [Fact]
    public void A_small_one_stands_on_any_backbone()
    {
        var net = SegmentationModel.Fcn(new ResNet([1, 1, 1, 1], classes: 0, width: 8, bottleneck: true, dilatedStages: 2), classes: 3, auxiliary: 2);
        var (scores, helper) = net.ForwardAll(Tensor.Rand([2, 3, 40, 56], generator: new Generator(1)));
        Assert.Equal(([2, 3, 40, 56], [2, 3, 40, 56]), (scores.Shape, helper!.Shape));
        Assert.Null(SegmentationModel.DeepLabV3(new ResNet([1, 1, 1, 1], classes: 0, width: 8), 3).ForwardAll(Tensor.Zeros([2, 3, 64, 64])).Auxiliary);
    }

    [Fact]
    public void A_pyramid_stands_on_any_backbone_with_stages()
    {
        foreach (var body in (Backbone[])[new ResNet([1, 1, 1, 1], classes: 0, width: 8), VisionModels.BackboneOf("swin_t")])
        {
            var net = new UperNet(body, classes: 3, auxiliary: 1, channels: 8, scales: [1, 4]).Eval();
            var (scores, helper) = net.ForwardAll(Tensor.Rand([1, 3, 64, 96], generator: new Generator(1)));
            Assert.Equal(([1, 3, 64, 96], [1, 3, 64, 96]), (scores.Shape, helper!.Shape));
        }
        Assert.Equal([96, 192, 384, 768], VisionModels.BackboneOf("swin_t").Channels);
        Assert.Contains("two stages", Assert.Throws<ArgumentException>(() => new UperNet(StagedLayers.Of([new Conv2d(3, 4, 4, stride: 4)]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void U_net_takes_sizes_that_cannot_be_halved() =>
        Assert.Equal([1, 2, 21, 30], new UNet(2, channels: 1, width: 4, depth: 3).Eval().Forward(Tensor.Zeros([1, 1, 21, 30])).Shape);

    [Fact]
    public void What_there_is_not_is_refused_with_what_there_is()
    {
        Assert.Contains("lraspp_mobilenet_v3_large", Assert.Throws<ArgumentException>(() => SegmentationModels.Create("fcn_resnet18")).Message, StringComparison.Ordinal);
        Assert.Contains("helper", Assert.Throws<ArgumentException>(() => SegmentationModels.Create("lraspp_mobilenet_v3_large", auxiliary: true)).Message, StringComparison.Ordinal);
    }

    /// <summary>The places that the golden file has: every sixteenth row and thirteenth column.</summary>
    static float[] Shown(Tensor output)
    {
        float[] all = output.ToArray<float>();
        int height = output.Shape[2], width = output.Shape[3];
        return [.. all.Where((_, i) => i / width % height % 16 == 0 && i % width % 13 == 0)];
    }
}
