namespace Candeia.Tests;

/// <summary>No size, however large, leads a view or a kernel out of its memory: it is refused in a sentence.</summary>
public class BoundsTests
{
    const int Huge = int.MaxValue;
    static readonly Tensor s_x = Tensor.Ones([1, 1, 8, 8]);
    static readonly Tensor s_weight = Tensor.Ones([1, 1, 3, 3]);

    public static TheoryData<string> Calls => [.. s_calls.Keys];

    static readonly Dictionary<string, Func<Tensor>> s_calls = new()
    {
        ["narrow"] = () => s_x.Narrow(2, 1, Huge),
        ["narrow from the end"] = () => s_x.Narrow(2, -1, Huge),
        ["slice record"] = () => new SliceOp(3, 5, 4).Apply(s_x),
        ["slice record, steps"] = () => new SliceOp(3, 0, 5, 2).Apply(s_x),
        ["slice record, backwards"] = () => new SliceOp(3, 1, 3, -1).Apply(s_x),
        ["unslice record"] = () => new UnsliceOp(new(0, 0, 3), [2]).Apply(Tensor.Ones([3])),
        ["box record"] = () => new BoxOp((int[])[0, 0, 0, 2], s_x.Shape).Apply(s_x),
        ["box record of other dimensions"] = () => new BoxOp((int[])[0], [1]).Apply(s_x),
        ["reshape record"] = () => new ReshapeOp([65]).Apply(s_x),
        ["expand record"] = () => new ExpandOp([1, 1, 9, 8]).Apply(s_x),
        ["expand"] = () => s_x.Expand(2, 1, 9, 8),
        ["split"] = () => s_x.Split([4, Huge], 2)[1],
        ["pad"] = () => Tensor.Ones([4]).Pad([Huge, Huge]),
        ["pad away"] = () => Tensor.Ones([4]).Pad([int.MinValue, 0]),
        ["empty"] = () => Tensor.Empty([Huge, Huge]),
        ["empty, more than 2⁶³"] = () => Tensor.Empty([Huge, Huge, Huge]),
        ["arange"] = () => Tensor.Arange(0, 1e12),
        ["arange of fractions"] = () => Tensor.Arange(0, 1e12, 0.5),
        ["arange of tiny steps"] = () => Tensor.Arange(0, 1, 1e-12),
        ["arange of all whole numbers"] = () => Tensor.Arange(long.MinValue, long.MaxValue),
        ["arange from an infinite end"] = () => Tensor.Arange(double.NegativeInfinity, 0),
        ["linspace"] = () => Tensor.Linspace(0, 1, int.MinValue),
        ["logspace"] = () => Tensor.Logspace(0, 1, int.MinValue),
        ["zeros"] = () => Tensor.Zeros([Huge, Huge]),
        ["ones of many dimensions"] = () => Tensor.Ones([1 << 20, 1 << 20, 1 << 20, 1 << 20]),
        ["full"] = () => Tensor.Full([Huge, Huge], 3),
        ["eye"] = () => Tensor.Eye(Huge),
        ["rand"] = () => Tensor.Rand([Huge, Huge]),
        ["randn"] = () => Tensor.Randn([Huge, Huge]),
        ["randint"] = () => Tensor.Randint(0, 2, [Huge, Huge]),
        ["empty, strided"] = () => Tensor.EmptyStrided([Huge, Huge], [Huge, 1]),
        ["tril_indices"] = () => Tensor.TrilIndices(Huge, Huge),
        ["triu_indices"] = () => Tensor.TriuIndices(Huge, Huge),
        ["repeat_interleave"] = () => Tensor.Ones([2]).RepeatInterleave(Huge),
        ["repeat_interleave by a tensor"] = () => Tensor.Ones([2]).RepeatInterleave(Tensor.From([(long)Huge, Huge])),
        ["tile"] = () => Tensor.Ones([2]).Tile(Huge, Huge),
        ["meshgrid, contiguous"] = () => Tensor.MeshGrid([Tensor.Ones([1]).Expand(Huge), Tensor.Ones([1]).Expand(Huge)])[0].Contiguous(),
        ["cartesian_prod"] = () => Tensor.CartesianProd([Tensor.Ones([1]).Expand(Huge), Tensor.Ones([1]).Expand(Huge)]),
        ["combinations"] = () => Tensor.Ones([1]).Expand(1 << 20).Combinations(3),
        ["diag"] = () => Tensor.Ones([1]).Expand(Huge).Diag(),
        ["diag_embed"] = () => Tensor.Ones([1]).Expand(Huge).DiagEmbed(),
        ["outer"] = () => Tensor.Ones([1]).Expand(Huge).Outer(Tensor.Ones([1]).Expand(Huge)),
        ["kron"] = () => Tensor.Ones([1, 1]).Expand(1 << 20, 1 << 20).Kron(Tensor.Ones([1, 1]).Expand(1 << 20, 1 << 20)),
        ["vander"] = () => Tensor.Ones([1]).Expand(Huge).Vander(Huge),
        ["one_hot"] = () => Tensor.Zeros([1], DType.Int64).Expand(Huge).OneHot(Huge),
        ["interpolate"] = () => s_x.Interpolate([Huge, Huge]),
        ["adaptive_avg_pool2d to a huge size"] = () => s_x.AdaptiveAvgPool2d(Huge),
        ["expand, contiguous"] = () => Tensor.Ones([1]).Expand(Huge, Huge).Contiguous(),
        ["expand, add"] = () => Tensor.Ones([1]).Expand(Huge, Huge) + 1,
        ["repeat"] = () => Tensor.Ones([2]).Repeat(Huge),
        ["cat"] = () => Tensor.Cat([Tensor.Ones([1]).Expand(Huge), Tensor.Ones([1])]),
        ["stack"] = () => Tensor.Stack([]),
        ["conv2d, dilation"] = () => s_x.Conv2d(s_weight, dilation: Huge),
        ["conv2d, padding"] = () => s_x.Conv2d(s_weight, padding: Huge),
        ["conv2d, padding and dilation"] = () => s_x.Conv2d(s_weight, padding: 1 << 30, dilation: 1 << 30),
        ["conv2d, same and a stride"] = () => s_x.Conv2d(s_weight, stride: 2, padding: ConvPadding.Same),
        ["conv2d, same and a dilation"] = () => s_x.Conv2d(s_weight, padding: ConvPadding.Same, dilation: Huge),
        ["conv2d, padding below 0"] = () => s_x.Conv2d(s_weight, padding: -1),
        ["conv2d, padding for volumes"] = () => s_x.Conv2d(s_weight, padding: (1, 1, 1)),
        ["conv2d, no window"] = () => s_x.Conv2d(Tensor.Ones([1, 1, 0, 0])),
        ["conv2d, no channels"] = () => Tensor.Ones([1, 0, 8, 8]).Conv2d(Tensor.Ones([3, 0, 3, 3])),
        ["conv1d, dilation"] = () => Tensor.Ones([1, 1, 8]).Conv1d(Tensor.Ones([1, 1, 3]), dilation: Huge),
        ["conv3d, dilation"] = () => Tensor.Ones([1, 1, 8, 8, 8]).Conv3d(Tensor.Ones([1, 1, 3, 3, 3]), dilation: Huge),
        ["conv3d, padding"] = () => Tensor.Ones([1, 1, 8, 8, 8]).Conv3d(Tensor.Ones([1, 1, 3, 3, 3]), padding: Huge),
        ["conv_transpose2d, dilation"] = () => s_x.ConvTranspose2d(s_weight, dilation: Huge),
        ["conv_transpose2d, stride"] = () => s_x.ConvTranspose2d(s_weight, stride: Huge),
        ["conv_transpose2d, padding"] = () => s_x.ConvTranspose2d(s_weight, padding: Huge),
        ["conv_transpose2d, other type"] = () => s_x.ConvTranspose2d(s_weight.To(DType.Float64)),
        ["max_pool2d, padding"] = () => s_x.MaxPool2d(Huge, padding: 1 << 30),
        ["max_pool2d, dilation"] = () => s_x.MaxPool2d(3, dilation: Huge),
        ["avg_pool2d, padding"] = () => s_x.AvgPool2d(Huge, padding: 1 << 30),
        ["avg_pool2d, no window"] = () => s_x.AvgPool2d(0),
        ["adaptive_avg_pool2d"] = () => s_x.AdaptiveAvgPool2d(0),
        ["adaptive_avg_pool2d of nothing"] = () => Tensor.Ones([1, 1, 0, 8]).AdaptiveAvgPool2d(2),
        ["avg_pool2d gradient record"] = () => new AvgPool2dGradientOp(new(new(2, 2, 0, 1, false)), [1, 1, 8, 8]).Apply(Tensor.Ones([1, 1, 2, 2])),
        ["max_pool2d gradient record"] = () => new MaxPool2dGradientOp(new(2, 2, 0, 1, false), [1, 1, 4, 4]).Apply(Tensor.Ones([1, 1, 2, 2]), Tensor.Zeros([1, 2, 2], DType.Int64)),
        ["max_pool2d gradient record, places beyond"] = () =>
            new MaxPool2dGradientOp(new(2, 2, 0, 1, false), [1, 1, 4, 4]).Apply(Tensor.Ones([1, 1, 2, 2]), Tensor.Full([1, 2, 2, 1], 1 << 30, DType.Int64)),
        ["conv2d input gradient record"] = () => new Conv2dInputGradientOp(new(1, 0, 1, 1), [1, 1, 8, 8]).Apply(Tensor.Ones([1, 1, 3, 3]), s_weight),
        ["conv2d weight gradient record"] = () => new Conv2dWeightGradientOp(new(1, 0, 1, 1), [1, 1, 3, 3]).Apply(s_x, Tensor.Ones([1, 1, 3, 3])),
    };

    [Theory, MemberData(nameof(Calls))]
    public void Is_refused_in_a_sentence(string call)
    {
        var refusal = Assert.ThrowsAny<ArgumentException>(() => s_calls[call]().Settle());
        Assert.DoesNotContain("Arithmetic", refusal.Message, StringComparison.Ordinal);
        Assert.True(refusal.Message.Length > 20, refusal.Message);
    }

    [Fact]
    public void Steps_larger_than_the_dimension_read_its_first_part() => Assert.Equal([3f], Tensor.From([3f, 4, 5])[TensorIndex.Every(Huge)].ToArray<float>());

    [Fact]
    public void Strides_of_an_expanded_shape_stay_numbers()
    {
        var wide = Tensor.Ones([1]).Expand(Huge, Huge);
        Assert.Equal((long)Huge * Huge, wide.Numel);
        Assert.Equal(1f, (float)wide[Huge - 1, Huge - 1]);
    }
}
