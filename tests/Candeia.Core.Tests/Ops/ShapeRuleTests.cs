namespace Candeia.Tests;

/// <summary>What shapes ops take: PyTorch's, no more and no less.</summary>
public class ShapeRuleTests
{
    static readonly Tensor s_x = Tensor.Arange(0, 6, dtype: DType.Float32).Reshape(2, 3);

    [Fact]
    public void Expand_keeps_sizes_that_are_minus_one()
    {
        Assert.Equal([4, 2, 3], s_x.Expand(4, -1, -1).Shape);
        Assert.Equal([2, 5], Tensor.Ones([2, 1]).Expand(-1, 5).Shape);
        Assert.Throws<ShapeException>(() => s_x.Expand(-1, 2, 3));
        Assert.Throws<ShapeException>(() => s_x.Expand(2, -2));
    }

    [Fact]
    public void Results_can_be_gathered_from_an_empty_vector_on()
    {
        Assert.Equal(s_x.ToArray<float>(), Tensor.Cat([Tensor.Empty([0]), s_x]).ToArray<float>());
        Assert.Equal([2, 6], Tensor.Cat([s_x, Tensor.Empty([0]), s_x], 1).Shape);
        Assert.Equal([2, 3], Tensor.Cat([Tensor.Empty([0]), s_x], -1).Shape);
        Assert.Equal([0], Tensor.Cat([Tensor.Empty([0]), Tensor.Empty([0])]).Shape);
        Assert.Throws<ShapeException>(() => Tensor.Cat([Tensor.Empty([0, 2]), s_x]));
    }

    [Fact]
    public void A_size_that_could_be_anything_is_refused()
    {
        var nothing = Tensor.Empty([0, 3]);
        Assert.Contains("name the size", Assert.Throws<ShapeException>(() => nothing.Reshape(-1, 0)).Message, StringComparison.Ordinal);
        Assert.Equal([0], nothing.Reshape(-1).Shape);
        Assert.Equal([0, 3, 1], nothing.Reshape(-1, 3, 1).Shape);
    }

    [Fact]
    public void T_is_for_matrices()
    {
        Assert.Equal([3, 2], s_x.T().Shape);
        Assert.Equal([3], Tensor.Ones([3]).T().Shape);
        Assert.Contains("Transpose", Assert.Throws<ShapeException>(() => Tensor.Ones([1, 2, 3]).T()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_image_needs_no_batch()
    {
        Tensor image = Tensor.Randn([2, 6, 5], generator: new(1)), weight = Tensor.Randn([3, 2, 3, 3], generator: new(2)), back = Tensor.Randn([2, 3, 3, 3], generator: new(3));
        Same(x => x.Conv2d(weight), image);
        Same(x => x.ConvTranspose2d(back), image);
        Same(x => x.MaxPool2d(2), image);
        Same(x => x.AvgPool2d(2), image);
        Same(x => x.AdaptiveAvgPool2d(2), image);
        Same(x => x.Conv1d(weight[TensorIndex.Ellipsis, 0]), image[.., 0]);
        Same(x => x.ConvTranspose1d(back[TensorIndex.Ellipsis, 0]), image[.., 0]);
        Tensor volume = Tensor.Randn([2, 4, 6, 5], generator: new(4));
        Same(x => x.Conv3d(weight.Unsqueeze(2)), volume);
        Same(x => x.AvgPool3d(2), volume);
        Same(x => x.MaxPool3d(2), volume);
    }

    static void Same(Func<Tensor, Tensor> op, Tensor one)
    {
        Tensor alone = op(one), batched = op(one.Unsqueeze(0));
        Assert.Equal(batched.Shape.Slice(1, batched.Rank - 1), alone.Shape);
        Assert.Equal(batched.ToArray<float>(), alone.ToArray<float>());
    }

    [Fact]
    public void Nothing_can_be_rolled_and_pooled()
    {
        Assert.Equal([0, 2, 3, 3], Tensor.Ones([0, 2, 8, 8]).AdaptiveAvgPool2d(3).Shape);
        Assert.Equal(s_x.T().ToArray<float>(), s_x.T().Roll(0, 0).ToArray<float>());
        var last = Tensor.Arange(0, 24, dtype: DType.Float32).Reshape(1, 3, 4, 2).ChannelsLast();
        foreach (int shift in new[] { 0, 3, -3 }) Assert.Equal(last.ToArray<float>(), last.Roll(shift, 1).ToArray<float>());
        Assert.Equal([3, 0], Tensor.Empty([0, 3]).T().Clone().Shape);
    }

    [Fact]
    public void A_weight_needs_no_bias_and_a_norm_any_number_of_dimensions()
    {
        var g = new Generator(6);
        Tensor x = Tensor.Randn([3, 4, 5], DType.Float64, g), weight = Tensor.Randn([4], DType.Float64, g), last = Tensor.Randn([5], DType.Float64, g), none = Tensor.Zeros([4], DType.Float64);
        weight.RequiresGrad = true;
        Near(x.GroupNorm(2, weight, none), x.GroupNorm(2, weight));
        Near(x.GroupNorm(2, null, weight), x.GroupNorm(2) + weight.Unsqueeze(1));
        Near(x.BatchNorm(null, null, training: true, weight, none), x.BatchNorm(null, null, training: true, weight));
        Near(x.LayerNorm([5], last, Tensor.Zeros([5], DType.Float64)), x.LayerNorm([5], last));
        Near(x.LayerNorm([5], null, last), x.LayerNorm([5]) + last);
        var square = x * x;
        var gradient = Autograd.Gradients((x.BatchNorm(null, null, training: true, weight) * square).Sum(), [weight])[0];
        Near((x.BatchNorm(null, null, training: true) * square).Sum(0, 2), gradient);
        var wide = Tensor.Randn([2, 4, 1, 2, 3, 2], DType.Float64, g);
        Near(wide.Reshape(2, 4, 12).GroupNorm(2, weight).Reshape(wide.Shape), wide.GroupNorm(2, weight));
        Near(wide.Reshape(2, 4, 12).BatchNorm(null, null, training: true, weight).Reshape(wide.Shape), wide.BatchNorm(null, null, training: true, weight));
    }

    static void Near(Tensor expected, Tensor got)
    {
        Assert.Equal(expected.Shape, got.Shape);
        Assert.True((double)(expected - got).Abs().Max() < 1e-12, $"{expected}\n{got}");
    }

    [Fact]
    public void Several_dimensions_at_once()
    {
        Assert.Contains("named twice", Assert.Throws<ArgumentException>(() => Tensor.Ones([2, 3]).Flip(0, -2)).Message, StringComparison.Ordinal);
        var x = Tensor.Arange(0, 24, dtype: DType.Float32).Reshape(2, 1, 3, 1, 4);
        Assert.Equal([2, 3, 4], x.Squeeze(1, -2).Shape);
        Assert.Equal([2, 3, 1, 4], x.Squeeze(0, 1).Shape);
        Assert.Equal([4, 1, 2, 3, 1], x.Movedim([-1, 0], [0, 2]).Shape);
        Assert.Equal(x.Permute(4, 1, 0, 3, 2).Shape, x.Movedim([4, 0, 2], [0, 2, 4]).Shape);
        Assert.Throws<ArgumentException>(() => x.Movedim([0, 0], [1, 2]));
        Assert.Equal(s_x.Roll(1, 0).Roll(-2, 1).ToArray<float>(), s_x.Roll([1, -2], [0, 1]).ToArray<float>());
        Assert.Equal([5f, 0, 1, 2, 3, 4], s_x.Roll(1).ToArray<float>());
        Assert.Equal(s_x.Roll(1, 1).ToArray<float>(), s_x.Roll(int.MinValue, 1).ToArray<float>());      // −2³¹ is 1 more than a multiple of 3
        Assert.Throws<ArgumentException>(() => s_x.Roll([1], [0, 1]));
        Assert.Equal([1, 2, 5, 2], Tensor.Ones([1, 2, 5, 4]).AdaptiveAvgPool2d(null, 2).Shape);
    }

    /// <summary>The transposed convolution is the gradient of a convolution: also where the output padding makes room for one window more.</summary>
    [Fact]
    public void An_output_padding_may_reach_up_to_the_dilation()
    {
        var g = new Generator(5);
        Tensor x = Tensor.Randn([1, 2, 4], DType.Float64, g), weight = Tensor.Randn([2, 3, 2], DType.Float64, g);
        var y = x.ConvTranspose1d(weight, stride: 2, outputPadding: 2, dilation: 3);
        Assert.Equal([1, 3, 12], y.Shape);
        double[] values = x.ToArray<double>(), weights = weight.ToArray<double>(), expected = new double[36];
        for (int c = 0; c < 2; c++)
            for (int i = 0; i < 4; i++)
                for (int o = 0; o < 3; o++)
                    for (int k = 0; k < 2; k++) expected[o * 12 + i * 2 + k * 3] += values[c * 4 + i] * weights[(c * 3 + o) * 2 + k];
        double[] got = y.ToArray<double>();
        for (int i = 0; i < got.Length; i++) Assert.Equal(expected[i], got[i], 1e-12);
        Assert.Contains("stride or the dilation", Assert.Throws<ShapeException>(() => x.ConvTranspose1d(weight, stride: 2, outputPadding: 3, dilation: 3)).Message, StringComparison.Ordinal);
    }
}
