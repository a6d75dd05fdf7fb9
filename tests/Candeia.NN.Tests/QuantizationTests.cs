using Candeia.NN;

namespace Candeia.Tests;

public class QuantizationTests
{
    sealed class Net : Layer
    {
        readonly Conv2d conv1 = new(1, 6, 3, padding: 1, generator: new(1)), depthwise = new(6, 6, 3, groups: 6, generator: new(2));
        readonly Linear fc1 = new(6 * 4 * 4, 32, generator: new(3));
        readonly Layer fc2 = new Linear(32, 32, generator: new(4)), never = new Linear(2, 2, generator: new(5));
        readonly List<Linear> heads = [new(32, 5, generator: new(6)), new(32, 5, bias: false, generator: new(7))];

        public override Tensor Forward(Tensor x)
        {
            x = x.Apply(conv1).Relu().Apply(depthwise).Flatten(1).Apply(fc1).Relu().Apply(fc2).Apply(fc2);
            return x.Apply(heads[0]) + x.Apply(heads[1]);
        }
    }

    static Tensor Images(int count) => Tensor.Rand([count, 1, 6, 6], generator: new(8));

    static void Near(Tensor expected, Tensor actual, double tolerance) => Assert.InRange((double)((expected - actual).Norm() / expected.Norm()), 1e-9, tolerance);

    [Fact]
    public void Linear_layers_are_replaced_wherever_they_stand()
    {
        Net net = new();
        var before = net.Forward(Images(4)).Detach();
        Assert.Same(net, Quantization.QuantizeDynamic(net));
        foreach (string name in (string[])["fc1", "fc2", "heads.0", "heads.1", "never"]) Assert.IsType<QuantizedLinear>(net.Get(name));
        Assert.IsType<Conv2d>(net.Get("conv1"));
        Near(before, net.Forward(Images(4)), 0.02);
        Assert.DoesNotContain(net.NamedParameters(), p => p.Name.EndsWith("fc1.weight", StringComparison.Ordinal));
        Assert.Equal(DType.Int8, net.StateDict()["fc1.weight_int8"].DType);
        Assert.Equal("QuantizedLinear 32→5 without bias dynamic", $"{net.Get("heads.1")}");
        Quantization.QuantizeDynamic(net);                                     // once more changes nothing
        Near(before, net.Forward(Images(4)), 0.02);
    }

    [Fact]
    public void A_linear_layer_alone_gives_another()
    {
        Linear linear = new(8, 3, generator: new(1));
        var quantized = Assert.IsType<QuantizedLinear>(Quantization.QuantizeDynamic(linear));
        Near(linear.Weight, quantized.Weight, 0.01);
        quantized.Weight = linear.Weight * 3;
        Near(linear.Weight * 3, quantized.Weight, 0.01);
        Assert.Throws<ShapeException>(() => quantized.Weight = Tensor.Ones([8, 3]));
        Assert.Same(linear.Bias, quantized.Bias);
    }

    [Fact]
    public void A_row_keeps_its_bits_in_every_batch()
    {
        Net net = new();
        Quantization.QuantizeDynamic(net);
        var all = net.Forward(Images(9));
        for (int i = 0; i < 9; i++) Assert.Equal(all[i].ToArray<float>(), net.Forward(Images(9)[i..(i + 1)]).ToArray<float>());
    }

    [Fact]
    public void What_was_calibrated_computes_with_its_scales()
    {
        Net net = new();
        var before = net.Forward(Images(16)).Detach();
        using var calibration = Quantization.Prepare(net);
        net.Forward(Images(16));
        Assert.Equal(["never"], calibration.Unseen);
        Assert.Same(net, calibration.Convert());
        Assert.IsType<Linear>(net.Get("never"));
        Assert.Equal(1, net.Get<Conv2d>("depthwise").Weight.Shape[1]);
        Assert.IsNotType<QuantizedConv2d>(net.Get("depthwise"));
        var conv = net.Get<QuantizedConv2d>("conv1");
        Assert.Equal(InputQuantization.Of((double)Images(16).Min(), (double)Images(16).Max()), conv.Input);
        Assert.NotNull(net.Get<QuantizedLinear>("fc1").Input.Scale);
        Near(before, net.Forward(Images(16)), 0.03);
        Near(new Net().Get<Conv2d>("conv1").Weight, conv.Weight, 0.01);
    }

    [Fact]
    public void Only_what_is_wanted_is_replaced()
    {
        Net net = new();
        Quantization.QuantizeDynamic(net, which: (name, layer) => name.StartsWith("heads", StringComparison.Ordinal) && layer is Linear { Bias: null });
        Assert.Equal(["heads.1"], net.NamedModules().Where(m => m.Module is QuantizedLinear).Select(m => m.Name));
        using var calibration = Quantization.Prepare(net, reduceRange: true, which: (name, _) => name is "conv1" or "depthwise");
        net.Forward(Images(4));
        Assert.Empty(calibration.Unseen);
        calibration.Convert();
        Assert.Equal(127, net.Get<QuantizedConv2d>("conv1").Input.QuantMax);
        Assert.Equal(["conv1", "heads.1"], net.NamedModules().Where(m => m.Module is QuantizedLinear or QuantizedConv2d).Select(m => m.Name));
    }

    [Fact]
    public void Saved_networks_predict_the_same_bits()
    {
        Net net = new(), other = new();
        foreach (var (n, images) in (ReadOnlySpan<(Net, Tensor)>)[(net, Images(16)), (other, Images(2) * 3)])
        {
            using var calibration = Quantization.Prepare(n);
            n.Forward(images);
            calibration.Convert();
        }
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.safetensors");
        try
        {
            net.Save(path);
            Assert.NotEqual(net.Forward(Images(3)).ToArray<float>(), other.Forward(Images(3)).ToArray<float>());
            other.Load(path);
        }
        finally { File.Delete(path); }
        Assert.Equal(net.Forward(Images(3)).ToArray<float>(), other.Forward(Images(3)).ToArray<float>());
    }

    [Fact]
    public void Convolutions_of_groups_are_not_quantized() =>
        Assert.Throws<ArgumentException>(() => new QuantizedConv2d(new Conv2d(4, 4, 3, groups: 4), InputQuantization.Of(0, 1)));
}
