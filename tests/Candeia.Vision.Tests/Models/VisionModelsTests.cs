using System.Text.Json;
using Candeia.NN;
using Candeia.Vision;

namespace Candeia.Tests;

/// <summary>The networks against torchvision 0.14: tests/golden/models.json.</summary>
public class VisionModelsTests
{
    const int Classes = 7;
    static readonly JsonElement s_golden = Golden.Json("models");

    // The largest take long, and have the blocks of smaller ones: they are left for CANDEIA_LARGE=1.
    static readonly long s_most = Environment.GetEnvironmentVariable("CANDEIA_LARGE") == "1" ? long.MaxValue : 26_000_000;

    public static TheoryData<string> Named => [.. Small().Select(m => m.Name)];

    public static TheoryData<string> Computed => [.. Small().Where(m => m.Value.TryGetProperty("output", out _)).Select(m => m.Name)];

    static IEnumerable<JsonProperty> Small() => s_golden.EnumerateObject().Where(m => m.Value.GetProperty("parameters").GetInt64() <= s_most);

    static Layer Undrawn(string name, int classes = 1000)
    {
        using var _ = Init.Skip();
        return VisionModels.Create(name, classes);
    }

    [Theory]
    [MemberData(nameof(Named))]
    public void Keys_shapes_and_sizes_are_those_of_torchvision(string name)
    {
        using var scope = Scope.Begin();
        var net = Undrawn(name);
        var golden = s_golden.GetProperty(name);
        Assert.Equal(golden.GetProperty("parameters").GetInt64(), net.Parameters().Sum(p => p.Numel));
        Assert.Equal(golden.GetProperty("keys").GetString(), Formula.Keys(net));
        Assert.Equal(1000, ((Linear?)(net.Get<Layer>(VisionModels.HeadOf(name)) as Linear))?.Weight.Shape[0] ?? net.Get<Conv2d>(VisionModels.HeadOf(name)).Weight.Shape[0]);
    }

    [Theory]
    [MemberData(nameof(Computed))]
    public void Outputs_and_gradients_are_those_of_torchvision(string name)
    {
        using var scope = Scope.Begin();
        var golden = s_golden.GetProperty(name);
        int size = golden.GetProperty("size").GetInt32();
        var net = Undrawn(name, Classes).Eval();
        Formula.Fill(net, golden.GetProperty("gain").GetDouble());
        var x = Formula.Pictures(2, size);
        var y = net.Forward(x);
        float[] expected = [.. golden.GetProperty("output").EnumerateArray().Select(v => v.GetSingle())], output = y.ToArray<float>();
        float most = expected.Max(Math.Abs);
        for (int i = 0; i < output.Length; i++) Assert.InRange((output[i] - expected[i]) / most, -1e-4f, 1e-4f);
        (y * Tensor.From([.. Enumerable.Range(0, 2 * Classes).Select(i => (float)Math.Cos(i))], [2, Classes])).Sum().Backward();
        Formula.AssertGradients(net, golden.GetProperty("gradients"));
    }

    [Fact]
    public void The_one_of_our_own_sees_places_in_small_pictures()
    {
        var net = VisionModels.Create("small_resnet", Classes);
        Assert.InRange(net.Parameters().Sum(p => p.Numel), 1_200_000, 1_250_000);
        Assert.Equal([2, Classes], net.Forward(Formula.Pictures(2, 33)).Shape);
        Assert.Equal([2, 256, 4, 4], net.Features(Formula.Pictures(2, 64), VisionModels.FeaturesOf("small_resnet"))["features"].Shape);
        Assert.Equal(256, VisionModels.BackboneOf("small_resnet").Channels[^1]);
    }

    [Fact]
    public void What_there_is_not_is_refused_with_what_there_is()
    {
        Assert.Contains("resnet18", Assert.Throws<ArgumentException>(() => VisionModels.Create("resnet17")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => VisionModels.FeaturesOf("vit_b_16"));
        Assert.Contains("no stages", Assert.Throws<ArgumentException>(() => VisionModels.BackboneOf("vit_b_32")).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => VisionModels.Create("vit_b_32", 2).Forward(Tensor.Zeros([1, 3, 64, 64])));
        Assert.Throws<ArgumentException>(() => new ResNet([1, 1, 1, 1], groups: 2));
        Assert.Contains("bottlenecks", Assert.Throws<ArgumentException>(() => new ResNet([1, 1, 1, 1], dilatedStages: 1)).Message, StringComparison.Ordinal);
        Assert.Contains("224", Assert.Throws<ShapeException>(() => Undrawn("maxvit_t", 2).Forward(Tensor.Zeros([1, 3, 64, 64]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Helpers_on_the_way_are_asked_when_it_is_wanted()
    {
        using var scope = Scope.Begin();
        var google = new GoogLeNet(3).Eval();
        var (scores, later, earlier) = google.ForwardAll(Formula.Pictures(2, 64));
        Assert.True(scores.Equal(google.Forward(Formula.Pictures(2, 64))));
        Assert.Equal(([2, 3], [2, 3]), (later.Shape, earlier.Shape));
        var (names, helper) = new InceptionV3(3).Eval().ForwardAll(Formula.Pictures(1, 299));
        Assert.Equal(([1, 3], [1, 3]), (names.Shape, helper.Shape));
    }

    [Theory]
    [InlineData("resnet18", "64 128 256 512"), InlineData("mobilenet_v3_small", "16 24 48 576"), InlineData("vgg11", "256 512 512 512"), InlineData("efficientnet_b0", "24 40 112 1280")]
    public void Networks_are_what_others_see_by(string name, string channels)
    {
        using var scope = Scope.Begin();
        Backbone body;
        using (Init.Skip()) body = VisionModels.BackboneOf(name);
        Assert.Equal(channels, string.Join(' ', body.Channels));
        var stages = body.Eval().Stages(Tensor.Rand([1, 3, 64, 64], generator: new Generator(1)));
        Assert.Equal(channels, string.Join(' ', stages.Select(s => s.Shape[1])));
        Assert.Equal(16, stages[0].Shape[2]);
        Assert.DoesNotContain(body.StateDict().Keys, k => k.StartsWith("fc.", StringComparison.Ordinal) || k.StartsWith("classifier.", StringComparison.Ordinal));
        Assert.Equal([3, 8, 8], SegmentationModel.Fcn(body, 3).Eval().Forward(Tensor.Rand([1, 3, 64, 64]))[0, .., ..8, ..8].Shape);
    }

    [Fact]
    public void Sizes_that_windows_do_not_divide_are_filled_up()
    {
        using var scope = Scope.Begin();
        foreach (string name in (string[])["swin_t", "swin_v2_t"])
            Assert.Equal([1, 2], Undrawn(name, 2).Eval().Forward(Tensor.Rand([1, 3, 52, 76], generator: new Generator(1))).Shape);
    }

    [Fact]
    public void First_weights_are_drawn_as_there()
    {
        var net = ResNet.ResNet18();
        var weight = net.Get<Conv2d>("layer1.0.conv1").Weight;
        Assert.InRange(weight.Std().Item(), 0.055, 0.063);                    // √(2 / (64 · 9)) = 0.0589
        Assert.Equal(0, VisionModels.Create("vit_b_32", 3).Get<Linear>("heads.head").Weight.Abs().Sum().Item());
        Assert.InRange(VisionModels.Create("mobilenet_v2", 30).Get<Linear>("classifier.1").Weight.Std().Item(), 0.0095, 0.0105);
    }
}
