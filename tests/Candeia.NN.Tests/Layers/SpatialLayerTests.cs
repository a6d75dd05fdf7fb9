using Candeia.NN;

namespace Candeia.Tests;

/// <summary>Layers over signals, images and volumes: each computes what the function of its name does, which golden values hold.</summary>
public class SpatialLayerTests
{
    static readonly Tensor s_signal = Tensor.Randn([2, 4, 12]), s_image = Tensor.Randn([2, 4, 8, 6]), s_volume = Tensor.Randn([2, 4, 6, 4, 4]);

    static readonly Dictionary<string, (Layer Layer, Tensor X, Tensor Y)> s_same = new()
    {
        ["MaxPool1d"] = (new MaxPool1d(3, 2, 1, ceilMode: true), s_signal, s_signal.MaxPool1d(3, 2, 1, ceilMode: true)),
        ["AvgPool1d"] = (new AvgPool1d(3, 2, 1, countIncludePad: false), s_signal, s_signal.AvgPool1d(3, 2, 1, countIncludePad: false)),
        ["AvgPool3d"] = (new AvgPool3d(2, 1, divisorOverride: 3), s_volume, s_volume.AvgPool3d(2, 1, divisorOverride: 3)),
        ["MaxPool3d"] = (new MaxPool3d(3, 2, ceilMode: true), s_volume, s_volume.MaxPool3d(3, 2, ceilMode: true)),
        ["AdaptiveAvgPool1d"] = (new AdaptiveAvgPool1d(5), s_signal, s_signal.AdaptiveAvgPool1d(5)),
        ["AdaptiveAvgPool2d"] = (new AdaptiveAvgPool2d(null, 4), s_image, s_image.AdaptiveAvgPool2d(8, 4)),
        ["AdaptiveAvgPool3d"] = (new AdaptiveAvgPool3d(3), s_volume, s_volume.AdaptiveAvgPool3d(3)),
        ["AdaptiveMaxPool1d"] = (new AdaptiveMaxPool1d(5), s_signal, s_signal.AdaptiveMaxPool1d(5)),
        ["AdaptiveMaxPool2d"] = (new AdaptiveMaxPool2d(3), s_image, s_image.AdaptiveMaxPool2d(3)),
        ["AdaptiveMaxPool3d"] = (new AdaptiveMaxPool3d(null, 2, 3), s_volume, s_volume.AdaptiveMaxPool3d((6, 2, 3))),
        ["LPPool1d"] = (new LPPool1d(2, 3), s_signal, s_signal.LpPool1d(2, 3)),
        ["LPPool2d"] = (new LPPool2d(2, 2, 1), s_image, s_image.LpPool2d(2, 2, 1)),
        ["LPPool3d"] = (new LPPool3d(2, 2), s_volume, (s_volume.Square().AvgPool3d(2) * 8).Sqrt()),
        ["FractionalMaxPool2d"] = (new FractionalMaxPool2d(2, 4, new(3)), s_image, s_image.FractionalMaxPool2d(2, 4, generator: new(3)).Values),
        ["FractionalMaxPool2d of a part"] = (FractionalMaxPool2d.OfPart(2, 0.7, 0.5, new(3)), s_image, s_image.FractionalMaxPool2d(2, new((int)(s_image.Shape[^2] * 0.7), s_image.Shape[^1] / 2), generator: new(3)).Values),
        ["FractionalMaxPool3d of a part"] = (FractionalMaxPool3d.OfPart(2, 0.6, 0.7, 0.5, new(3)), s_volume, s_volume.FractionalMaxPool3d(2, new((int)(s_volume.Shape[^3] * 0.6), (int)(s_volume.Shape[^2] * 0.7), s_volume.Shape[^1] / 2), generator: new(3)).Values),
        ["FractionalMaxPool3d"] = (new FractionalMaxPool3d(2, 2, new(3)), s_volume, s_volume.FractionalMaxPool3d(2, 2, generator: new(3)).Values),
        ["ZeroPad1d"] = (new ZeroPad1d(1, 2), s_signal, s_signal.Pad([1, 2])),
        ["ZeroPad2d"] = (new ZeroPad2d(1), s_image, s_image.Pad([1, 1, 1, 1])),
        ["ZeroPad3d"] = (new ZeroPad3d(1), s_volume, s_volume.Pad([1, 1, 1, 1, 1, 1])),
        ["ConstantPad1d"] = (new ConstantPad1d([2, 0], 7), s_signal, s_signal.Pad([2, 0], 7)),
        ["ConstantPad2d"] = (new ConstantPad2d([1], 7), s_image, s_image.Pad([1, 1, 1, 1], 7)),
        ["ConstantPad3d"] = (new ConstantPad3d([1], 7), s_volume, s_volume.Pad([1, 1, 1, 1, 1, 1], 7)),
        ["ReflectionPad1d"] = (new ReflectionPad1d(3), s_signal, s_signal.Pad([3, 3], PaddingMode.Reflect)),
        ["ReflectionPad2d"] = (new ReflectionPad2d(1, 2, 3, 4), s_image, s_image.Pad([1, 2, 3, 4], PaddingMode.Reflect)),
        ["ReflectionPad3d"] = (new ReflectionPad3d(2), s_volume, s_volume.Pad([2, 2, 2, 2, 2, 2], PaddingMode.Reflect)),
        ["ReplicationPad1d"] = (new ReplicationPad1d(3), s_signal, s_signal.Pad([3, 3], PaddingMode.Replicate)),
        ["ReplicationPad2d"] = (new ReplicationPad2d(9), s_image, s_image.Pad([9, 9, 9, 9], PaddingMode.Replicate)),
        ["ReplicationPad3d"] = (new ReplicationPad3d(1), s_volume, s_volume.Pad([1, 1, 1, 1, 1, 1], PaddingMode.Replicate)),
        ["CircularPad1d"] = (new CircularPad1d(3), s_signal, s_signal.Pad([3, 3], PaddingMode.Circular)),
        ["CircularPad2d"] = (new CircularPad2d(2), s_image, s_image.Pad([2, 2, 2, 2], PaddingMode.Circular)),
        ["CircularPad3d"] = (new CircularPad3d(1), s_volume, s_volume.Pad([1, 1, 1, 1, 1, 1], PaddingMode.Circular)),
        ["Upsample"] = (new Upsample(2, Interpolation.Linear, alignCorners: true), s_image, s_image.Interpolate([16, 12], Interpolation.Linear, alignCorners: true)),
        ["Upsample to a size"] = (new Upsample([3, 5], Interpolation.Cubic), s_image, s_image.Interpolate([3, 5], Interpolation.Cubic)),
        ["PixelShuffle"] = (new PixelShuffle(2), s_image, s_image.PixelShuffle(2)),
        ["PixelUnshuffle"] = (new PixelUnshuffle(2), s_image, s_image.PixelUnshuffle(2)),
        ["ChannelShuffle"] = (new ChannelShuffle(2), s_image, s_image.ChannelShuffle(2)),
        ["Unfold"] = (new Unfold(2, padding: 1), s_image, s_image.Unfold2d(2, padding: 1)),
        ["Fold"] = (new Fold((3, 5), 2), Tensor.Ones([1, 4, 8]), Tensor.Ones([1, 4, 8]).Fold2d((3, 5), 2)),
    };

    public static TheoryData<string> Names => [.. s_same.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_layer_computes_what_its_function_does(string name)
    {
        var (layer, x, y) = s_same[name];
        var result = layer.Forward(x);
        Assert.Equal(y.Shape, result.Shape);
        Assert.All(result.ToArray<double>().Zip(y.ToArray<double>()), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        if (x.Rank < 4 && layer is Border or MaxPool1d) Assert.Equal(result[0].ToArray<float>(), layer.Forward(x[0]).ToArray<float>());
    }

    [Theory]
    [InlineData(PaddingMode.Reflect), InlineData(PaddingMode.Replicate), InlineData(PaddingMode.Circular)]
    public void Convolutions_pad_by_mode(PaddingMode mode)
    {
        var one = new Conv1d(4, 3, 3, padding: 2, paddingMode: mode);
        var two = new Conv2d(4, 3, (3, 2), padding: ConvPadding.Same, paddingMode: mode);
        var three = new Conv3d(4, 3, 2, stride: 2, padding: (1, 0, 1), paddingMode: mode);
        Near(s_signal.Pad([2, 2], mode).Conv1d(one.Weight, one.Bias), one.Forward(s_signal));
        Near(s_image.Pad([0, 1, 1, 1], mode).Conv2d(two.Weight, two.Bias), two.Forward(s_image));
        Near(s_volume.Pad([1, 1, 0, 0, 1, 1], mode).Conv3d(three.Weight, three.Bias, 2), three.Forward(s_volume));
        Assert.Equal([2, 3, 8, 6], two.Forward(s_image).Shape);
    }

    [Fact]
    public void A_transposed_convolution_of_volumes_is_the_gradient_of_a_convolution()
    {
        var layer = new ConvTranspose3d(4, 2, 2, stride: 2, bias: false);
        var x = Tensor.Zeros([2, 2, 12, 8, 8]);
        x.RequiresGrad = true;
        x.Conv3d(layer.Weight.Detach(), stride: 2).Backward(s_volume);
        Near(x.Grad!, layer.Forward(s_volume));
    }

    [Fact]
    public void Borders_and_sizes_that_cannot_be_are_refused()
    {
        Assert.Contains("at most 11 fit", Assert.Throws<ShapeException>(() => new ReflectionPad1d(12).Forward(s_signal)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ReflectionPad2d(1, 2, 3));
        Assert.Throws<ShapeException>(() => new ReflectionPad2d(1).Forward(s_signal[0]));
        Assert.Throws<ShapeException>(() => s_signal.Interpolate([3, 4]));
        Assert.Throws<ArgumentException>(() => s_image.Interpolate([3, 4], Interpolation.Nearest, alignCorners: true));
        Assert.Throws<ShapeException>(() => s_volume.Interpolate([3], Interpolation.Cubic));
        Assert.Throws<ShapeException>(() => s_image.PixelShuffle(3));
        Assert.Throws<ShapeException>(() => s_image.AdaptiveAvgPool1d(2));
        Assert.Throws<ShapeException>(() => s_image.MaxUnpool2d(Tensor.Zeros([1], DType.Int64), 2));
        Assert.Throws<ShapeException>(() => s_image.GridSample(Tensor.Zeros([1, 2, 2, 2])));
        Assert.Throws<ShapeException>(() => s_image.FractionalMaxPool2d(3, 8));
        Assert.Contains("between 0 and 1", Assert.Throws<ArgumentOutOfRangeException>(() => FractionalMaxPool2d.OfPart(2, 0.5, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("between 0 and 1", Assert.Throws<ArgumentOutOfRangeException>(() => FractionalMaxPool3d.OfPart(2, 0, 0.5, 0.5)).Message, StringComparison.Ordinal);
    }

    static void Near(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.All(expected.ToArray<double>().Zip(actual.ToArray<double>()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }
}
