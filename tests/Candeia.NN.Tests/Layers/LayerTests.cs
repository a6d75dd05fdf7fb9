using Candeia.NN;

namespace Candeia.Tests;

public class LayerTests
{
    static Tensor Ramp(params int[] shape) => Tensor.Arange(0, Shape.Create(shape).Numel, dtype: DType.Float32).Reshape(shape) / 10;

    [Fact]
    public void Dropout_drops_only_in_training()
    {
        var dropout = new Dropout(0.25, new Generator(1));
        var x = Tensor.Ones([100, 100]);
        float[] y = dropout.Forward(x).ToArray<float>();
        Assert.All(y, v => Assert.True(v is 0 or 4f / 3, $"{v}"));
        Assert.InRange(y.Count(v => v == 0), 2300, 2700);
        Assert.NotEqual(y, dropout.Forward(x).ToArray<float>());
        Assert.Equal(y, new Dropout(0.25, new Generator(1)).Forward(x).ToArray<float>());
        Assert.Same(x, dropout.Eval().Forward(x));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Dropout(1.5));
    }

    [Fact]
    public void Dropout2d_drops_whole_channels()
    {
        var y = new Dropout2d(0.5, new Generator(2)).Forward(Tensor.Ones([8, 16, 3, 3])).Reshape(128, 9);
        float[] sums = y.Sum(1).ToArray<float>();
        Assert.All(sums, s => Assert.True(s is 0 or 18));
        Assert.InRange(sums.Count(s => s == 0), 40, 88);
        Assert.Equal(1152f, (float)new Dropout2d().Eval().Forward(Tensor.Ones([8, 16, 3, 3])).Sum());
    }

    [Fact]
    public void Gradients_flow_only_through_what_stayed()
    {
        var x = Tensor.Ones([50]);
        x.RequiresGrad = true;
        var y = new Dropout(0.5, new Generator(3)).Forward(x);
        y.Sum().Backward();
        Assert.Equal(y.ToArray<float>(), x.Grad!.ToArray<float>());
    }

    [Fact]
    public void Batch_normalization_uses_the_batch_in_training_and_what_it_tracked_in_evaluation()
    {
        var norm = new BatchNorm1d(2);
        var x = Tensor.From([1f, 10, 3, 30, 5, 50], [3, 2]);
        Assert.Equal(0f, (float)norm.Forward(x).Sum(), 1e-5f);
        Assert.Equal([0.3f, 3f], norm.RunningMean!.ToArray<float>());
        norm.Eval();
        float before = (float)norm.Forward(x).Sum();
        Assert.NotEqual(0f, before, 1e-1f);
        Assert.Equal(before, (float)norm.Forward(x).Sum());
        Assert.Equal(1L, (long)norm.NumBatchesTracked!);
        norm.Train();
        Assert.Contains("more than one value", Assert.Throws<ShapeException>(() => norm.Forward(x.Narrow(0, 0, 1))).Message, StringComparison.Ordinal);
        Assert.Contains("does not take [3, 5]", Assert.Throws<ShapeException>(() => norm.Forward(Tensor.Ones([3, 5]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Batch_normalization_of_volumes_is_that_of_their_points_in_a_row()
    {
        BatchNorm3d volumes = new(3, momentum: 0.3);
        BatchNorm1d rows = new(3, momentum: 0.3);
        var g = new Generator(2);
        using (Autograd.NoGrad())
            foreach (var p in volumes.Parameters()) p.CopyFrom(Tensor.Randn(p.Shape, generator: g));
        rows.LoadStateDict(volumes.StateDict());
        Assert.Equal(["weight", "bias", "running_mean", "running_var", "num_batches_tracked"], volumes.StateDict().Keys);
        void Agree(Tensor a, Tensor b) => Assert.All(a.ToArray<float>().Zip(b.ToArray<float>()), p => Assert.Equal(p.First, p.Second, 1e-5f));
        foreach (bool training in (bool[])[true, true, false])
        {
            (volumes.IsTraining, rows.IsTraining) = (training, training);
            Tensor x = Tensor.Randn([2, 3, 4, 3, 2], generator: g) * 2 + 1, flat = x.Flatten(2).Clone();
            (x.RequiresGrad, flat.RequiresGrad) = (true, true);
            Tensor y = volumes.Forward(x), z = rows.Forward(flat), weights = Tensor.Randn(y.Shape, generator: g);
            Assert.Equal(x.Shape, y.Shape);
            Agree(y, z);
            y.Backward(weights);
            z.Backward(weights.Flatten(2));
            Agree(x.Grad!, flat.Grad!);
            foreach (var (a, b) in volumes.Parameters().Zip(rows.Parameters())) Agree(a.Grad!, b.Grad!);
            foreach (var (a, b) in volumes.Buffers().Zip(rows.Buffers())) Agree(a.To(DType.Float32), b.To(DType.Float32));
        }
        Assert.Equal(2L, (long)volumes.NumBatchesTracked!);
        Assert.Contains("does not take [2, 3, 4, 4]", Assert.Throws<ShapeException>(() => volumes.Forward(Tensor.Ones([2, 3, 4, 4]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_outlive_the_scope_of_their_step()
    {
        var norm = new BatchNorm2d(1);
        for (int step = 0; step < 3; step++)
        {
            using var scope = Scope.Begin();
            norm.Forward(Ramp(2, 1, 2, 2));
        }
        Assert.Equal(3L, (long)norm.NumBatchesTracked!);
        Assert.InRange((float)norm.RunningMean!, 0.09f, 0.1f);
    }

    [Fact]
    public void A_sequence_is_a_collection_and_names_by_position()
    {
        Sequential net = [new Conv2d(1, 2, 3), new ReLU(), new BatchNorm2d(2), new Flatten(), new Linear(8, 2)];
        Assert.Equal(5, net.Count);
        Assert.IsType<ReLU>(net[1]);
        Assert.Equal([3, 2], net.Forward(Tensor.Ones([3, 1, 4, 4])).Shape);
        Assert.StartsWith("0 (Conv2d 1→2 3×3): input Float32 [3, 2, 4, 4]: ", Assert.Throws<ShapeException>(() => net.Forward(Tensor.Ones([3, 2, 4, 4]))).Message, StringComparison.Ordinal);
        Assert.Equal("""
            Sequential(
              0: Conv2d 1→2 3×3
              1: ReLU
              2: BatchNorm2d 2
              3: Flatten
              4: Linear 8→2
            )
            """, net.ToString());
    }

    [Theory]
    [InlineData("Conv2d 4→8 3×5 stride 2×1 padding 1 dilation 2 in 4 groups without bias"), InlineData("ConvTranspose2d 2→4 2×2 stride 2"), InlineData("Conv1d 2→4 3 padding 1"), InlineData("Linear 2→3 without bias")]
    [InlineData("Conv3d 4→8 3×5×2 stride 2×1×1 padding 1 in 4 groups"), InlineData("ConvTranspose1d 2→4 3 stride 2 padding 1"), InlineData("AvgPool3d 2×2×2"), InlineData("MaxPool3d 3×3×3 stride 2 padding 1")]
    [InlineData("MaxPool2d 3×3 stride 2 padding 1"), InlineData("AvgPool2d 2×2"), InlineData("Dropout 0.2")]
    public void Details_say_what_differs_from_the_default(string title)
    {
        Layer layer = title.Split(' ')[0] switch
        {
            "Conv2d" => new Conv2d(4, 8, (3, 5), stride: (2, 1), padding: 1, dilation: 2, groups: 4, bias: false),
            "ConvTranspose2d" => new ConvTranspose2d(2, 4, 2, stride: 2),
            "Conv3d" => new Conv3d(4, 8, (3, 5, 2), stride: (2, 1, 1), padding: 1, groups: 4),
            "ConvTranspose1d" => new ConvTranspose1d(2, 4, 3, stride: 2, padding: 1),
            "AvgPool3d" => new AvgPool3d(2),
            "MaxPool3d" => new MaxPool3d(3, stride: 2, padding: 1),
            "Conv1d" => new Conv1d(2, 4, 3, padding: 1),
            "Linear" => new Linear(2, 3, bias: false),
            "MaxPool2d" => new MaxPool2d(3, stride: 2, padding: 1),
            "AvgPool2d" => new AvgPool2d(2),
            _ => new Dropout(0.2),
        };
        Assert.Equal(title, layer.ToString());
    }

    [Fact]
    public void Convolutions_do_what_the_functions_do_with_their_weights()
    {
        Tensor volume = Ramp(2, 4, 3, 4, 5), signal = Ramp(2, 4, 6);
        var conv = new Conv3d(4, 6, 2, stride: (1, 2, 1), padding: 1, groups: 2);
        Assert.Equal(volume.Conv3d(conv.Weight, conv.Bias, (1, 2, 1), 1, groups: 2).ToArray<float>(), conv.Forward(volume).ToArray<float>());
        Assert.Equal(["weight", "bias"], conv.StateDict().Keys);
        var transposed = new ConvTranspose1d(4, 3, 3, stride: 2, outputPadding: 1, bias: false);
        Assert.Equal(signal.ConvTranspose1d(transposed.Weight, null, 2, 0, 1).ToArray<float>(), transposed.Forward(signal).ToArray<float>());
        Assert.Equal(volume.AvgPool3d(2).ToArray<float>(), new AvgPool3d(2).Forward(volume).ToArray<float>());
        Assert.Equal(volume.MaxPool3d(2).ToArray<float>(), new MaxPool3d(2).Forward(volume).ToArray<float>());
    }

    [Fact]
    public void Layers_without_state_do_what_the_functions_do()
    {
        Tensor x = Ramp(2, 3, 4, 4) - 4;
        (Layer, Tensor)[] pairs =
        [
            (new ReLU(), x.Relu()), (new LeakyReLU(0.2), x.LeakyRelu(0.2)), (new ELU(), x.Elu()), (new SELU(), x.Selu()), (new CELU(), x.Celu()), (new GELU(), x.Gelu()), (new SiLU(), x.Silu()), (new Mish(), x.Mish()),
            (new Sigmoid(), x.Sigmoid()), (new LogSigmoid(), x.LogSigmoid()), (new Tanh(), x.Tanh()), (new Hardtanh(), x.Hardtanh()), (new Hardswish(), x.Hardswish()), (new Hardsigmoid(), x.Hardsigmoid()),
            (new ReLU6(), x.Relu6()), (new Softplus(), x.Softplus()), (new Softsign(), x.Softsign()), (new Softmax(1), x.Softmax(1)), (new LogSoftmax(1), x.LogSoftmax(1)), (new Identity(), x),
            (new AvgPool2d(2), x.AvgPool2d(2)), (new MaxPool2d(2), x.MaxPool2d(2)), (new AdaptiveAvgPool2d(1), x.AdaptiveAvgPool2d(1)), (new Flatten(), x.Flatten(1)), (new Unflatten(1, [3, 1]), x.Reshape(2, 3, 1, 4, 4)),
        ];
        foreach (var (layer, expected) in pairs)
        {
            Assert.Empty(layer.StateDict());
            var y = layer.Forward(x);
            Assert.Equal(expected.Shape, y.Shape);
            Assert.Equal(expected.ToArray<float>(), y.ToArray<float>());
        }
    }

    [Fact]
    public void An_embedding_looks_up_and_collects_gradients()
    {
        var embedding = new Embedding(5, 3);
        var y = embedding.Forward(Tensor.From([1L, 4, 1, 0], [2, 2]));
        Assert.Equal([2, 2, 3], y.Shape);
        y.Sum().Backward();
        Assert.Equal([1f, 2, 0, 0, 1], embedding.Weight.Grad!.Select(1, 0).ToArray<float>());
        Assert.Throws<ArgumentException>(() => embedding.Forward(Tensor.Ones([2])));
        foreach (long none in new long[] { 5, -1 }) Assert.Throws<ArgumentOutOfRangeException>(() => embedding.Forward(Tensor.From([none])));
    }
}
