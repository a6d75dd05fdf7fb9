using Candeia.NN;

namespace Candeia.Tests;

public class MoreLayerTests
{
    static readonly Tensor s_x = Tensor.Randn([8, 6, 5], generator: new Generator(1));

    public static TheoryData<string> Droppers => [.. s_droppers.Keys];

    static readonly Dictionary<string, Func<Layer>> s_droppers = new()
    {
        ["Dropout1d"] = () => new Dropout1d(0.5, new(3)), ["Dropout2d"] = () => new Dropout2d(0.5, new(3)), ["Dropout3d"] = () => new Dropout3d(0.5, new(3)),
        ["AlphaDropout"] = () => new AlphaDropout(0.5, new(3)), ["FeatureAlphaDropout"] = () => new FeatureAlphaDropout(0.5, new(3)), ["StochasticDepth"] = () => new StochasticDepth(0.5, generator: new(3)),
        ["RReLU"] = () => new RReLU(generator: new(3)),
    };

    [Theory, MemberData(nameof(Droppers))]
    public void Training_is_random_and_repeatable_and_evaluation_is_not(string name)
    {
        var layer = s_droppers[name]();
        var y = layer.Forward(s_x);
        Assert.NotEqual(s_x.ToArray<float>(), y.ToArray<float>());
        Assert.Equal(y.ToArray<float>(), s_droppers[name]().Forward(s_x).ToArray<float>());
        layer.Eval();
        Assert.Equal(layer.Forward(s_x).ToArray<float>(), layer.Forward(s_x).ToArray<float>());
        if (name != "RReLU") Assert.Equal(s_x.ToArray<float>(), layer.Forward(s_x).ToArray<float>());
    }

    [Fact]
    public void Whole_channels_are_dropped_and_others_grow()
    {
        var kept = (new Dropout1d(0.5, new(3)).Forward(s_x) / s_x).ToArray<float>().Chunk(5).ToArray();
        Assert.All(kept, channel => Assert.Single(channel.Select(v => MathF.Round(v, 4)).Distinct()));
        Assert.Equal([0f, 2], kept.Select(c => MathF.Round(c[0], 4)).Distinct().Order());
        var rows = (new StochasticDepth(0.5, generator: new(3)).Forward(s_x) / s_x).ToArray<float>().Chunk(30).ToArray();
        Assert.All(rows, row => Assert.Single(row.Select(v => MathF.Round(v, 4)).Distinct()));
        Assert.Single((new StochasticDepth(0.5, perRow: false, generator: new(3)).Forward(s_x) / s_x).ToArray<float>().Select(v => MathF.Round(v, 4)).Distinct());
    }

    [Fact]
    public void Alpha_dropout_keeps_mean_and_variance()
    {
        var y = new AlphaDropout(0.3, new(3)).Forward(Tensor.Randn([200_000], generator: new Generator(7)));
        Assert.Equal(0, (double)y.Mean(), 0.02);
        Assert.Equal(1, (double)y.Std(), 0.02);
        Assert.Equal(0, (double)new AlphaDropout(1).Forward(s_x).Abs().Sum());
    }

    [Fact]
    public void Gates_halve_a_dimension()
    {
        var (a, b) = (s_x.Narrow(1, 0, 3), s_x.Narrow(1, 3, 3));
        Assert.Equal((a.Silu() * b).ToArray<float>(), new SwiGLU(1).Forward(s_x).ToArray<float>());
        Assert.Throws<ShapeException>(() => new GLU().Forward(s_x));
    }

    [Fact]
    public void Samples_of_classes_are_one_class_with_a_gradient()
    {
        var x = Tensor.Randn([50, 4], generator: new Generator(2));
        x.RequiresGrad = true;
        var y = x.GumbelSoftmax(0.5, hard: true, generator: new Generator(3));
        Assert.All(y.ToArray<float>(), v => Assert.True(Math.Abs(v) < 1e-6 || Math.Abs(v - 1) < 1e-6));
        (y * Tensor.Arange(0, 4, dtype: DType.Float32)).Sum().Backward();
        Assert.True((double)x.Grad!.Abs().Sum() > 0);
        Assert.Equal(50, (double)x.GumbelSoftmax(generator: new Generator(3)).Sum(), 1e-3);
    }

    [Fact]
    public void Embeddings_of_nothing_begin_with_zeros_and_pretrained_ones_stay()
    {
        var words = new Embedding(4, 3, paddingIdx: -1);
        Assert.Equal([0f, 0, 0], words.Weight[3].ToArray<float>());
        var pretrained = Embedding.FromPretrained(Tensor.Eye(3));
        Assert.False(pretrained.Weight.RequiresGrad);
        Assert.True(Embedding.FromPretrained(Tensor.Eye(3), freeze: false).Weight.RequiresGrad);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Embedding(4, 3, paddingIdx: 4));
        Assert.Throws<ShapeException>(() => new EmbeddingBag(4, 3).Forward(Tensor.From([1L, 2])));
        Assert.Throws<ArgumentException>(() => new EmbeddingBag(4, 3).Forward(Tensor.From([1L, 2]), Tensor.From([1L])));
    }

    [Fact]
    public void Gradients_of_a_bag_may_be_divided_by_how_often_an_index_occurs()       // PyTorch 1.13 divides some by the frequency of others
    {
        var bag = new EmbeddingBag(5, 1, BagMode.Sum, scaleGradByFreq: true);
        bag.Forward(Tensor.From([1L, 4, 1, 0, 2, 1, 2]), Tensor.From([0L, 3])).Sum().Backward();
        Assert.Equal([1f, 1, 1, 0, 1], bag.Weight.Grad!.ToArray<float>().Select(g => MathF.Round(g, 5)));
    }

    [Fact]
    public void Layers_that_the_first_batch_makes_take_its_size()
    {
        Sequential net = [LazyLayer.Conv2d(4, 3), LazyLayer.BatchNorm(), new Flatten(), LazyLayer.Linear(2)];
        Assert.Contains("apply the model to one", Assert.Throws<InvalidOperationException>(() => net.Parameters()).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => net.StateDict());
        Assert.Equal([5, 2], net.Forward(Tensor.Randn([5, 3, 6, 6])).Shape);
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked", "3.weight", "3.bias"], net.StateDict().Keys.ToArray());
        Assert.Equal([2, 64], net.GetTensor("3.weight").Shape);
        Assert.Equal([3, 1, 5, 5], LazyLayer.Conv3d(3, 2).Forward(Tensor.Ones([2, 2, 6, 6])).Shape);
        Assert.Equal(DType.Float64, new LazyLayer(x => new Linear(x[^1], 2)).Forward(Tensor.Ones([2, 3], DType.Float64)).DType);
    }
}
