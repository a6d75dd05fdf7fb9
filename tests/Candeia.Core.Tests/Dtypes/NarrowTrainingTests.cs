namespace Candeia.Tests;

/// <summary>Whole ways forth and back of what is only stored: nothing is wide as a whole on them, and nothing in between is stored that need not be.</summary>
[Collection(nameof(Alone))]
public class NarrowTrainingTests
{
    const int Numel = 1 << 24;
    const long Extra = 4 * Cut.Most * sizeof(float);                         // parts that are wide, and what is small

    /// <summary>What is computed, the shapes of its inputs, and how many tensors as large as the first, in 16 bits, are needed at once besides the inputs.</summary>
    static readonly Dictionary<string, (Func<Tensor[], Tensor> Run, Shape[] Shapes, double Tensors)> s_cases = new()
    {
        ["convolution"] = (x => x[0].Conv2d(x[1], x[2], padding: 1), [[32, 16, 256, 128], [16, 16, 3, 3], [16]], 2),
        ["convolution, relu"] = (x => x[0].Conv2d(x[1], x[2], padding: 1).Relu(), [[32, 16, 256, 128], [16, 16, 3, 3], [16]], 2),
        ["convolution, relu, average"] = (x => x[0].Conv2d(x[1], x[2], padding: 1).Relu().AvgPool2d(2), [[32, 16, 256, 128], [16, 16, 3, 3], [16]], 1.5),
        ["convolution of others' results"] = (x => x[0].Conv2d(x[1], padding: 1).Relu().Conv2d(x[1], padding: 1), [[32, 16, 256, 128], [16, 16, 3, 3]], 4),
        ["transposed convolution"] = (x => x[0].ConvTranspose2d(x[1], stride: 2), [[32, 16, 256, 128], [16, 4, 2, 2]], 2),
        ["batch norm"] = (x => Norm(x), [[32, 16, 256, 128], [16], [16]], 2),
        ["batch norm, relu"] = (x => Norm(x).Relu(), [[32, 16, 256, 128], [16], [16]], 2),
        ["batch norm, add, relu"] = (x => (Norm(x) + x[3]).Relu(), [[32, 16, 256, 128], [16], [16], [32, 16, 256, 128]], 3),
        ["batch norm, average"] = (x => Norm(x).AvgPool2d(2), [[32, 16, 256, 128], [16], [16]], 1.25),
        ["batch norm, relu, max"] = (x => Norm(x).Relu().MaxPool2d(2), [[32, 16, 256, 128], [16], [16]], 1.25),
        ["group norm"] = (x => x[0].GroupNorm(4, x[1], x[2]), [[32, 16, 256, 128], [16], [16]], 2),
        ["layer norm"] = (x => x[0].LayerNorm([256], x[1], x[2]), [[128, 512, 256], [256], [256]], 2),
        ["average pooling"] = (x => x[0].AvgPool2d(2), [[32, 16, 256, 128]], 1.25),
        ["max pooling"] = (x => x[0].MaxPool2d(2), [[32, 16, 256, 128]], 2.25),
        ["linear"] = (x => x[0].Linear(x[1], x[2]), [[1 << 16, 256], [256, 256], [256]], 2),
        ["linear, by its weight"] = (x => x[1].Linear(x[0], x[2]), [[4096, 4096], [16, 4096], [4096]], 1),
        ["linear, relu, by its weight"] = (x => x[1].Linear(x[0], x[2]).Relu(), [[4096, 4096], [16, 4096], [4096]], 1),
        ["convolution, by its weight"] = (x => x[1].Conv2d(x[0], x[2], padding: 1).Relu(), [[1024, 1024, 4, 4], [2, 1024, 6, 6], [1024]], 1),
        ["product"] = (x => x[0].MatMul(x[1]), [[1 << 16, 256], [256, 256]], 2),
        ["attention"] = (x => x[0].ScaledDotProductAttention(x[1], x[2], causal: true), [[64, 8, 512, 64], [64, 8, 512, 64], [64, 8, 512, 64]], 4),
        ["softmax"] = (x => x[0].Softmax(-1), [[1 << 16, 256]], 2),
        ["sum"] = (x => x[0].Sum(1), [[1 << 16, 256]], 1),
        ["relu"] = (x => x[0].Relu(), [[1 << 16, 256]], 2),
        ["gelu"] = (x => x[0].Gelu(), [[1 << 16, 256]], 2),
        ["tanh"] = (x => x[0].Tanh(), [[1 << 16, 256]], 2),
        ["sum of two"] = (x => x[0] + x[1], [[1 << 16, 256], [1 << 16, 256]], 3),
        ["product of two"] = (x => x[0] * x[1], [[1 << 16, 256], [1 << 16, 256]], 3),
        ["moved"] = (x => x[0] + x[1], [[1 << 16, 256], [256]], 2),
        ["by hand"] = (x => x[0] * (x[0] * 0.5).Sigmoid() + 1, [[1 << 16, 256]], 4),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    static Tensor Norm(Tensor[] x) => x[0].BatchNorm(null, null, training: true, x[1], x[2]);

    [Theory, MemberData(nameof(Cases))]
    public void Nothing_is_wide_as_a_whole(string name)
    {
        var (run, shapes, tensors) = s_cases[name];
        Assert.Equal(Numel, shapes[0].Numel);
        Assert.InRange(Most(run, shapes), 0, (long)(tensors * Numel * DType.BFloat16.Size()) + Extra);
    }

    /// <summary>A network that predicts keeps no copy of its weights, and never has all of one at once.</summary>
    [Fact]
    public void A_prediction_leaves_nothing_of_the_weights()
    {
        using var outer = Scope.Begin();
        using var noGrad = Autograd.NoGrad();
        var g = new Generator(5);
        Tensor x = Tensor.Randn([16, 4096], DType.BFloat16, g), weight = Tensor.Randn([4096, 4096], DType.BFloat16, g) / 64;
        Tensor image = Tensor.Randn([1, 1024, 4, 4], DType.BFloat16, g), kernel = Tensor.Randn([1024, 1024, 3, 3], DType.BFloat16, g);
        _ = weight.Storage;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = MemoryPool.BytesInUse, most = MemoryPool.Most(() =>
        {
            for (int i = 0; i < 3; i++)
            {
                using var scope = Scope.Begin();
                x.Linear(weight).Relu().Settle();
                image.Conv2d(kernel, padding: 1).Relu().Settle();
            }
        });
        Assert.Equal(before, MemoryPool.BytesInUse);
        Assert.InRange(most, 0, Extra);                                      // of 67 and 38 MB
    }

    /// <summary>Most that is lent out at once for a way forth and back, besides the inputs and the gradient that is sent.</summary>
    static long Most(Func<Tensor[], Tensor> run, Shape[] shapes)
    {
        using var outer = Scope.Begin();
        var g = new Generator(3);
        Tensor[] x = [.. shapes.Select(s => (s.Rank == 4 && s[2] != s[3] ? Tensor.Uniform(s, -1, 1, DType.BFloat16, g).ChannelsLast() : Tensor.Uniform(s, -1, 1, DType.BFloat16, g)).Detach())];
        using (Autograd.NoGrad())
        {
            using var scope = Scope.Begin();
            shapes = [run(x).Shape];
        }
        var sent = Tensor.Ones(shapes[0], DType.BFloat16);
        if (sent.Rank == 4) sent = sent.ChannelsLast();
        foreach (var each in x) each.RequiresGrad = true;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return MemoryPool.Most(() =>
        {
            using var scope = Scope.Begin();
            run(x).Backward(sent);
            foreach (var each in x)
            {
                scope.Adopt(each.Grad!);
                each.Grad = null;
            }
        });
    }
}
