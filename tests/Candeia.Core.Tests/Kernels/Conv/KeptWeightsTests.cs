namespace Candeia.Tests.Kernels;

/// <summary>Packed weights that are kept must never be seen to be: whatever changes, the result is that of a first call.</summary>
public class KeptWeightsTests
{
    static readonly Shape[] s_weights = [[32, 32, 3, 3], [48, 32, 1, 1], [20, 32, 3, 3], [32, 1, 3, 3]];

    static Tensor Convolved(Tensor x, Tensor weight) => x.Conv2d(weight, padding: weight.Shape[2] / 2, groups: x.Shape[1] / weight.Shape[1]);

    // With weights that no call has seen.
    static float[] Fresh(Tensor x, Tensor weight) => Convolved(x, weight.Clone()).ToArray<float>();

    [Fact]
    public void Weights_that_are_written_to_are_packed_again()
    {
        using var noGrad = Autograd.NoGrad();
        var g = new Generator(3);
        foreach (var shape in s_weights)
            foreach (int side in (int[])[7, 16])
            {
                Tensor x = Tensor.Randn([1, 32, side, side], generator: g), weight = Tensor.Randn(shape, generator: g);
                for (int change = 0; change < 3; change++)
                {
                    float[] want = Fresh(x, weight);
                    for (int call = 0; call < 4; call++) Assert.Equal(want, Convolved(x, weight).ToArray<float>());
                    weight[0, 0] = Tensor.Full([shape[2], shape[3]], change);
                }
            }
    }

    [Fact]
    public void Two_weights_in_one_memory_are_two()
    {
        using var noGrad = Autograd.NoGrad();
        var g = new Generator(4);
        Tensor x = Tensor.Randn([1, 32, 8, 8], generator: g), both = Tensor.Randn([64, 32, 3, 3], generator: g);
        for (int call = 0; call < 4; call++)
            foreach (var weight in (Tensor[])[both[..32], both[32..]]) Assert.Equal(Fresh(x, weight), Convolved(x, weight).ToArray<float>());
    }

    [Fact]
    public void Moments_that_change_are_seen()
    {
        using var noGrad = Autograd.NoGrad();
        var g = new Generator(5);
        Tensor x = Tensor.Randn([1, 32, 8, 8], generator: g), weight = Tensor.Randn([32, 32, 3, 3], generator: g), mean = Tensor.Zeros([32]), variance = Tensor.Ones([32]), scale = Tensor.Ones([32]), shift = Tensor.Zeros([32]);
        for (int change = 0; change < 3; change++)
        {
            float[] Normalized(Tensor w) => x.Conv2d(w, padding: 1).BatchNorm(mean, variance, training: false, scale, shift).Relu().ToArray<float>();
            float[] want = Normalized(weight.Clone());
            for (int call = 0; call < 4; call++) Assert.Equal(want, Normalized(weight));
            if (change == 0) variance.CopyFrom(variance * 4);
            else scale.CopyFrom(scale * 3);
        }
    }

    [Fact]
    public void Threads_that_predict_at_the_same_time_agree()
    {
        var g = new Generator(6);
        Tensor x = Tensor.Randn([1, 32, 8, 8], generator: g), weight = Tensor.Randn([32, 32, 3, 3], generator: g);
        float[] want = Fresh(x, weight);
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            using var scope = Scope.Begin();
            using var noGrad = Autograd.NoGrad();
            Assert.Equal(want, Convolved(x, weight).ToArray<float>());
        });
    }
}
