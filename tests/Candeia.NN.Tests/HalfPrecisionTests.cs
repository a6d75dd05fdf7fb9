namespace Candeia.NN.Tests;

/// <summary>Whole networks in types that are only stored.</summary>
public class HalfPrecisionTests
{
    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    public void A_network_trains(DType dtype)
    {
        var g = new Generator(4);
        var model = new Sequential(new Conv2d(1, 4, 3), new BatchNorm2d(4), new ReLU(), new MaxPool2d(2), new Flatten(), new LayerNorm([4 * 3 * 3]), new Linear(4 * 3 * 3, 3));
        foreach (var p in model.Parameters()) Init.Normal(p, 0, 0.2, g);
        model.To(dtype);
        Assert.All(model.Parameters(), p => Assert.Equal(dtype, p.DType));
        Tensor x = Tensor.Randn([16, 1, 8, 8], dtype, g), classes = Tensor.Randint(0, 3, [16], g);
        var adam = new Adam(model.Parameters(), learningRate: 0.01);
        double first = 0, last = 0;
        for (int step = 0; step < 30; step++)
        {
            adam.ZeroGrad();
            var loss = model.Forward(x).CrossEntropyLoss(classes);
            Assert.Equal(dtype, loss.DType);
            loss.Backward();
            adam.Step();
            last = loss.Item();
            if (step == 0) first = last;
        }
        Assert.True(last < 0.5 * first, $"{first} → {last}");
    }

    [Fact]
    public void A_file_in_half_precision_is_loaded_into_a_float32_module()
    {
        using var folder = new TemporaryFolder();
        var source = new Linear(3, 2).To(DType.Float16);
        source.Save(folder["half.safetensors"]);
        Assert.All(Safetensors.Load(folder["half.safetensors"]).Values, t => Assert.Equal(DType.Float16, t.DType));
        var target = new Linear(3, 2);
        target.Load(folder["half.safetensors"]);
        Assert.Equal(DType.Float32, target.Weight.DType);
        Assert.Equal(source.Weight.ToArray<float>(), target.Weight.ToArray<float>());
    }

    [Fact]
    public void Half_precision_is_initialized()
    {
        var x = Tensor.Empty([1000], DType.BFloat16);
        Init.Normal(x, 1, 0.5, new Generator(1));
        Assert.Equal(1, x.Mean().Item(), 0.1);
        Assert.Throws<ArgumentException>(() => Init.Uniform(Tensor.Zeros([2], DType.Int32)));
    }
}
