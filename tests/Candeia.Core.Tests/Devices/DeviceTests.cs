using System.Reflection;

namespace Candeia.Tests;

public class DeviceTests
{
    [Fact]
    public void Values_travel_there_and_back()
    {
        var device = new ForeignDevice { Knows = op => op is AddOp };
        var x = Tensor.Arange(0, 6, dtype: DType.Float32).Reshape(2, 3);
        Assert.Equal([0f, 3, 1, 4, 2, 5], x.T().To(device).ToArray<float>());
        Assert.Equal([4f, 5], x.To(device)[1, 1..].ToArray<float>());
        Assert.Equal((0, 0L), (device.Launches, device.Fallbacks));
    }

    [Fact]
    public void What_the_device_knows_runs_there_and_the_rest_falls_back_counted()
    {
        var device = new ForeignDevice { Knows = op => op is AddOp };
        var (a, b) = (Tensor.From([1f, -2, 3]).To(device), Tensor.From([4f, 5, -6]).To(device));
        Assert.Equal([5f, 3, -3], (a + b).ToArray<float>());
        Assert.Equal((1, 0L), (device.Launches, device.Fallbacks));
        Assert.Equal([4f, -10, -18], (a * b).ToArray<float>());
        Assert.Equal((1, 1L), (device.Launches, device.Fallbacks));
        Assert.Equal(device, (a * b).Device);
    }

    [Fact]
    public void Gradients_are_computed_where_the_values_are()
    {
        var device = new ForeignDevice { Knows = op => op is AddOp };
        var w = Tensor.From([2f, 3]);
        w.RequiresGrad = true;
        var x = Tensor.From([5f, 7]).To(device);
        (w.To(device) * x).Sum().Backward();
        Assert.Equal([5f, 7], w.Grad!.ToArray<float>());
        Assert.Equal(Device.Cpu, w.Grad.Device);
    }

    [Theory]
    [InlineData(null), InlineData(typeof(FusedConv2dOp))]
    public void A_network_gives_the_same_numbers_elsewhere(Type? known)
    {
        var device = new ForeignDevice { Knows = op => op.GetType() == known };
        var g = new Generator(4);
        Tensor x = Tensor.Randn([2, 3, 8, 8], generator: g), w = Tensor.Randn([4, 3, 3, 3], generator: g), b = Tensor.Randn([4], generator: g);
        float[] Run(Device d)
        {
            Tensor weight = w.To(d).Detach();
            weight.RequiresGrad = true;
            var y = x.To(d).Conv2d(weight, b.To(d)).Relu().AvgPool2d(2);
            y.Square().Sum().Backward();
            return [.. y.ToArray<float>(), .. weight.Grad!.ToArray<float>()];
        }
        float[] here = Run(Device.Cpu), there = Run(device);
        Assert.True(device.Fallbacks > 3);
        Assert.True(known is null || device.Launches == 1);
        for (int i = 0; i < here.Length; i++) Assert.Equal(here[i], there[i], 1e-3f);
    }

    [Fact]
    public void A_device_that_knows_a_convolution_with_relu_but_no_pooling_tells_them_apart()
    {
        var device = new ForeignDevice { Knows = op => op is FusedConv2dOp { Norm: null, Pool: ConvPool.None } };
        var g = new Generator(5);
        Tensor x = Tensor.Randn([2, 3, 8, 8], generator: g), w = Tensor.Randn([4, 3, 3, 3], generator: g), b = Tensor.Randn([4], generator: g);
        Tensor Run(Device d, bool max)
        {
            var y = x.To(d).Conv2d(w.To(d), b.To(d)).Relu();
            return max ? y.MaxPool2d(2) : y.AvgPool2d(2);
        }
        foreach (bool max in (bool[])[false, true])
        {
            Tensor here = Run(Device.Cpu, max), there = Run(device, max);
            Assert.Equal([2, 4, 3, 3], there.Shape);
            Assert.All(here.ToArray<float>().Zip(there.ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-4f));
        }
        Assert.Equal((2, 2L), (device.Launches, device.Fallbacks));            // convolution with ReLU there, pooling here
    }

    /// <summary>An op is its parameters: a device that cannot see one of them would compute something else.</summary>
    [Fact]
    public void Everything_that_an_op_does_is_visible_to_devices_of_other_libraries()
    {
        const BindingFlags fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var ops = typeof(Op).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Op))).ToArray();
        Assert.True(ops.Length > 50);
        Assert.Empty(ops.Where(t => !t.IsVisible).Select(t => t.Name));
        Assert.Empty(ops.SelectMany(t => t.GetFields(fields), (t, f) => (Op: t, Name: f.Name.Split('<', '>') is [_, var property, _] ? property : f.Name))
            .Where(p => p.Op.GetProperty(p.Name)?.GetMethod is not { IsPublic: true }).Select(p => $"{p.Op.Name}.{p.Name}"));
    }

    [Fact]
    public void Parts_are_written_where_they_are()
    {
        var x = Tensor.Zeros([2, 3]).To(new ForeignDevice { Knows = op => op is AddOp });
        x[.., 1] = Tensor.From([4f, 5]);
        x[0, 0] = 7;
        Assert.Equal([7f, 4, 0, 0, 5, 0], x.ToArray<float>());
        Assert.Equal([2f, 2], x[1, 1..].Fill(2).ToArray<float>());
    }

    [Fact]
    public void Tensors_of_two_devices_are_refused_with_the_cure_but_numbers_follow()
    {
        var device = new ForeignDevice { Knows = op => op is AddOp };
        var x = Tensor.Ones([2]).To(device);
        var e = Assert.Throws<InvalidOperationException>(() => x + Tensor.Ones([2]));
        Assert.Contains("cpu", e.Message, StringComparison.Ordinal);
        Assert.Contains("To(device)", e.Message, StringComparison.Ordinal);
        Assert.Equal([3f, 3], (x * 3).ToArray<float>());
    }
}
