using Candeia.NN;

namespace Candeia.Tests;

public class ParametrizationTests
{
    static readonly Tensor s_x = Tensor.Randn([5, 4], generator: new Generator(1));

    [Fact]
    public void What_a_weight_is_computed_from_is_trained_in_its_place()
    {
        var layer = new Linear(4, 3);
        float[] before = layer.Forward(s_x).ToArray<float>();
        layer.WeightNorm();
        Assert.Equal(["bias", "parametrizations.weight.original0", "parametrizations.weight.original1"], layer.StateDict().Keys.ToArray());
        Assert.Equal(["bias", "parametrizations.weight.original0", "parametrizations.weight.original1"], layer.NamedParameters().Select(p => p.Name));
        Near(before, s_x.Apply(layer).ToArray<float>());
        var adam = new Adam(layer.Parameters(), 0.1);
        s_x.Apply(layer).Square().Sum().Backward();
        adam.Step();
        float[] after = s_x.Apply(layer).ToArray<float>();
        Assert.NotEqual(before, after);
        var another = new Linear(4, 3).WeightNorm();
        another.LoadStateDict(layer.StateDict());
        Near(after, s_x.Apply(another).ToArray<float>());
        Near(after, s_x.Apply(layer.Clone()).ToArray<float>());
        Assert.True(layer.IsParametrized("weight"));
        layer.RemoveParametrization("weight");
        Assert.False(layer.IsParametrized());
        Assert.Equal(["weight", "bias"], layer.StateDict().Keys.ToArray());
        Near(after, layer.Forward(s_x).ToArray<float>());
        Assert.True(layer.Weight is { IsLeaf: true, RequiresGrad: true });
    }

    [Theory]
    [InlineData(4, 4), InlineData(6, 3), InlineData(3, 6)]
    public void Orthogonal_weights_stay_orthogonal(int rows, int columns)
    {
        var layer = new Linear(columns, rows).Parametrize("weight", new Orthogonal());
        var x = Tensor.Randn([5, columns]);
        var adam = new Adam(layer.Parameters(), 0.1);
        for (int step = 0; step < 5; step++)
        {
            var w = layer.Parametrized("weight");
            var gram = rows < columns ? w.MatMul(w.Transpose(0, 1)) : w.Transpose(0, 1).MatMul(w);
            Assert.True((double)(gram - Tensor.Eye(Math.Min(rows, columns))).Abs().Amax() < 1e-5);
            adam.ZeroGrad();
            (x.Apply(layer) - 1).Square().Mean().Backward();
            adam.Step();
        }
        Assert.Equal(["bias", "parametrizations.weight.original", "parametrizations.weight.0.base"], layer.StateDict().Keys.ToArray());
    }

    [Fact]
    public void A_matrix_that_is_orthogonal_already_is_where_it_begins()
    {
        var layer = new Linear(4, 4);
        Init.Orthogonal(layer.Weight);
        float[] before = layer.Weight.ToArray<float>();
        Near(before, layer.Parametrize("weight", new Orthogonal()).Parametrized("weight").ToArray<float>());
    }

    [Fact]
    public void Spectral_norm_divides_by_the_largest_singular_value()
    {
        using var seeded = Generator.Use(new(3));                            // how fast it converges depends on what is drawn
        var layer = new Conv2d(3, 5, 2);
        layer.SpectralNorm(powerIterations: 50);
        s_picture.Apply(layer);
        layer.Eval();
        var w = layer.Parametrized("weight").Flatten(1);
        var v = Tensor.Randn([12]);
        for (int i = 0; i < 200; i++) v = w.Transpose(0, 1).MatMul(w.MatMul(v)).Normalize(2, 0);
        Assert.Equal(1, (double)w.MatMul(v).Norm(), 1e-4);
        Assert.Equal(["bias", "parametrizations.weight.original", "parametrizations.weight.0._u", "parametrizations.weight.0._v"], layer.StateDict().Keys.ToArray());
    }

    static readonly Tensor s_picture = Tensor.Randn([2, 3, 4, 4]);

    sealed class Doubled : Parametrization
    {
        protected internal override Tensor Forward(IReadOnlyList<Tensor> originals) => originals[0] * 2;
    }

    sealed class Halved : Parametrization
    {
        protected internal override Tensor Forward(IReadOnlyList<Tensor> originals) => originals[0].Narrow(0, 0, 1);
    }

    [Fact]
    public void Ones_own_parametrizations_are_checked()
    {
        var layer = new Linear(4, 3);
        float[] weight = layer.Weight.ToArray<float>();
        layer.Parametrize("weight", new Doubled());
        Assert.Equal(weight.Select(v => v * 2), layer.Parametrized("weight").ToArray<float>());
        Assert.Throws<ArgumentException>(() => layer.Parametrize("weight", new Doubled()));
        Assert.Throws<ArgumentException>(() => layer.Parametrize("height", new Doubled()));
        Assert.Throws<ShapeException>(() => layer.Parametrize("bias", new Halved()));
        layer.RemoveParametrization("weight", leaveParametrized: false);
        Assert.Equal(weight, layer.Weight.ToArray<float>());
    }

    [Fact]
    public void The_smallest_numbers_are_pruned_and_stay_zero()
    {
        var layer = new Linear(4, 5);
        double[] sizes = [.. layer.Weight.Abs().ToArray<double>().Order()];
        Prune.L1Unstructured(layer, "weight", 0.3);
        Assert.Equal(["bias", "weight_orig", "weight_mask"], layer.StateDict().Keys.ToArray());
        Assert.Equal(14, (long)layer.Parametrized("weight").CountNonZero());
        Assert.True(layer.Parametrized("weight").Abs().ToArray<double>().Where(v => v > 0).Min() >= sizes[6]);
        var sgd = new SGD(layer.Parameters(), 0.1);
        s_x.Apply(layer).Square().Sum().Backward();
        sgd.Step();
        s_x.Apply(layer);
        Assert.Equal(14, (long)layer.Weight.CountNonZero());
        Prune.L1Unstructured(layer, "weight", 0.5);
        Assert.Equal(7, (long)layer.Parametrized("weight").CountNonZero());
        Assert.True(Prune.IsPruned(layer));
        Prune.Remove(layer, "weight");
        Assert.Equal(["weight", "bias"], layer.StateDict().Keys.ToArray());
        Assert.Equal(7, (long)layer.Weight.CountNonZero());
        Assert.False(Prune.IsPruned(layer));
    }

    [Fact]
    public void Whole_channels_are_pruned_by_their_norm()
    {
        var layer = new Conv2d(2, 4, 3);
        double[] norms = layer.Weight.Flatten(1).Norm(2, [1]).ToArray<double>();
        Prune.LnStructured(layer, "weight", 0.5, n: 2, dim: 0);
        double[] left = layer.Parametrized("weight").Flatten(1).Norm(2, [1]).ToArray<double>();
        Assert.Equal(norms.Order().Take(2), norms.Where((_, i) => left[i] == 0).Order());
        Prune.RandomStructured(layer, "weight", 0.5, dim: 0, new(3));
        Assert.Equal(1, layer.Parametrized("weight").Flatten(1).Norm(2, [1]).ToArray<double>().Count(v => v > 0));
    }

    [Fact]
    public void Several_parameters_are_pruned_together_at_random_and_by_masks()
    {
        Sequential net = [new Linear(4, 5), new Linear(5, 2)];
        Init.Constant(net.GetTensor("1.weight"), 5);
        Prune.GlobalUnstructured([(net.Get("0"), "weight"), (net.Get("1"), "weight")], 0.5);
        Assert.Equal(10, (long)net.Get("1").Parametrized("weight").CountNonZero());
        Assert.Equal(5, (long)net.Get("0").Parametrized("weight").CountNonZero());
        Prune.RandomUnstructured(net.Get("1"), "bias", 0.5, new(3));
        Assert.Equal(1, (long)net.Get("1").Parametrized("bias").CountNonZero());
        Prune.CustomFromMask(net.Get("0"), "bias", Tensor.From([1f, 0, 0, 1, 1]));
        Assert.Equal(3, (long)net.Get("0").Parametrized("bias").CountNonZero());
        Assert.Throws<ShapeException>(() => Prune.CustomFromMask(net.Get("0"), "bias", Tensor.Ones([2])));
        Assert.Throws<ArgumentOutOfRangeException>(() => Prune.L1Unstructured(net.Get("0"), "weight", 1.5));
        Assert.Throws<ArgumentException>(() => Prune.Remove(new Linear(1, 1), "weight"));
    }

    static void Near(float[] expected, float[] actual) => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
}
