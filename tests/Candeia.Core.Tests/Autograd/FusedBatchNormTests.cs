namespace Candeia.Tests;

/// <summary>What follows a batch normalization in the same pass: what is added, ReLU and ReLU6, pooling by 2.</summary>
[Collection(nameof(Alone))]
public class FusedBatchNormTests
{
    /// <summary>What follows, and whether it is done in the same pass.</summary>
    static readonly Dictionary<string, (Func<Tensor, Tensor, Tensor> Tail, bool IsFused)> s_tails = new()
    {
        ["relu"] = ((y, _) => y.Relu(), true),
        ["relu6"] = ((y, _) => (y * 1.0).Relu6(), false),
        ["relu6 at once"] = ((y, _) => y.Hardtanh(0, 0.8), true),
        ["clamp lets its bounds pass"] = ((y, _) => y.Clamp(0, 0.8), false),
        ["add"] = ((y, r) => y + r, true),
        ["add, relu"] = ((y, r) => (y + r).Relu(), true),
        ["add, relu6"] = ((y, r) => (y + r).Hardtanh(0, 1.1), true),
        ["average"] = ((y, _) => y.AvgPool2d(2), true),
        ["max"] = ((y, _) => y.MaxPool2d(2), true),
        ["relu, average"] = ((y, _) => y.Relu().AvgPool2d(2), true),
        ["relu, max"] = ((y, _) => y.Relu().MaxPool2d(2), true),
        ["relu6, max"] = ((y, _) => y.Hardtanh(0, 0.8).MaxPool2d(2), true),
        ["add, average"] = ((y, r) => (y + r).AvgPool2d(2), false),
        ["something smaller is added"] = ((y, r) => y + r[..1, .., ..1, ..1], false),
        ["read in between"] = ((y, r) => { _ = y.Storage; return y.Relu(); }, false),
    };

    public static TheoryData<string, int, int, int> Cases
    {
        get
        {
            TheoryData<string, int, int, int> data = [];
            foreach (string tail in s_tails.Keys)
                foreach (var (channels, height, width) in new[] { (1, 2, 2), (5, 5, 7), (16, 6, 4), (37, 9, 34) }) data.Add(tail, channels, height, width);
            return data;
        }
    }

    sealed record Run(double[] Y, double[][] Gradients, int Passes);

    static Run Go(string tail, DType dtype, int channels, int height, int width, bool training, bool affine, bool isFused)
    {
        using var way = Absorption.Allow(isFused);
        var random = new Generator(7);
        Tensor Of(params int[] shape) => Tensor.Randn(Shape.Create(shape), DType.Float64, random).To(dtype);
        Tensor x = Of(3, channels, height, width).ChannelsLast().Detach(), r = Of(3, channels, height, width).ChannelsLast().Detach(), weight = Of(channels), bias = Of(channels);
        Tensor mean = Of(channels), variance = Of(channels).Square() + 0.3;
        Tensor[] leaves = affine ? [x, r, weight, bias] : [x, r];
        foreach (var leaf in leaves) leaf.RequiresGrad = true;
        var y = s_tails[tail].Tail(x.BatchNorm(mean, variance, training, affine ? weight : null, affine ? bias : null), r);
        var values = y.Detach().To(DType.Float64).ToArray<double>();
        int passes = 0;
        for (var node = y.Node; node is not null; node = node.Inputs[0].Node) passes++;
        (y * Tensor.Randn(y.Shape, DType.Float64, random).To(dtype)).Sum().Backward();
        return new(values, [.. leaves.Select(l => l.Grad is { } g ? g.To(DType.Float64).ToArray<double>() : [])], passes);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Values_have_the_bits_of_the_parts_and_gradients_equal_theirs(string tail, int channels, int height, int width)
    {
        foreach (var dtype in new[] { DType.Float32, DType.Float64, DType.BFloat16 })
            foreach (bool training in new[] { true, false })
                foreach (bool affine in new[] { true, false })
                {
                    var parts = Go(tail, dtype, channels, height, width, training, affine, isFused: false);
                    var fused = Go(tail, dtype, channels, height, width, training, affine, isFused: true);
                    Assert.Equal(parts.Y, fused.Y);
                    double tolerance = dtype == DType.Float64 ? 1e-13 : dtype == DType.Float32 ? 2e-5 : 0.05;
                    foreach (var (a, b) in parts.Gradients.Zip(fused.Gradients))
                    {
                        double scale = 1 + a.DefaultIfEmpty().Max(Math.Abs);
                        Assert.Equal(a.Length, b.Length);
                        for (int i = 0; i < a.Length; i++) Assert.Equal(a[i], b[i], tolerance * scale);
                    }
                }
    }

    [Fact]
    public void The_pass_is_one_where_it_can_be()
    {
        foreach (var (name, (tail, isFused)) in s_tails)
        {
            if (name == "read in between") continue;
            using var nothing = Autograd.NoGrad();
            Tensor x = Tensor.Randn([2, 4, 6, 6]).ChannelsLast(), added = Tensor.Randn([2, 4, 6, 6]).ChannelsLast();
            var y = tail(x.BatchNorm(null, null, training: true), added);
            Assert.True(isFused == (y.IsPending && y.Source?.Fused?.Op is FusedBatchNormOp), name);
            _ = y.Storage;
        }
    }

    [Fact]
    public void Not_a_number_passes_as_it_does_in_the_parts()
    {
        Tensor At(bool isFused, bool max)
        {
            using var way = Absorption.Allow(isFused);
            var x = Tensor.From([1f, float.NaN, 2, 3, -1, 0.5f, float.PositiveInfinity, 4]).Reshape(1, 2, 2, 2);
            x.RequiresGrad = true;
            var y = x.BatchNorm(Tensor.Zeros([2]), Tensor.Ones([2]), training: false).Relu();
            y = max ? y.MaxPool2d(2) : y.AvgPool2d(2);
            y.Sum().Backward();
            return Tensor.Cat([y.Detach().Flatten(), x.Grad!.Flatten()]);
        }

        foreach (bool max in new[] { true, false }) Assert.Equal(At(false, max).ToArray<float>(), At(true, max).ToArray<float>());
    }

    [Fact]
    public void The_bits_do_not_depend_on_the_threads()
    {
        foreach (string tail in s_tails.Keys)
        {
            Run one, two;
            using (new ThreadCount(1)) one = Go(tail, DType.Float32, 48, 40, 41, training: true, affine: true, isFused: true);
            using (new ThreadCount(2)) two = Go(tail, DType.Float32, 48, 40, 41, training: true, affine: true, isFused: true);
            Assert.Equal(one.Y, two.Y);
            Assert.Equal(one.Gradients, two.Gradients);
        }
    }
}
