using Candeia.NN;

namespace Candeia.Tests;

/// <summary>Masks in PyTorch's sense: true is "may not look" for the layers, and "may look" for the function.</summary>
public class AttentionTests
{
    static readonly Generator s_generator = new(31);
    static readonly Tensor s_x = Tensor.Randn([2, 5, 8], generator: s_generator);

    static MultiheadAttention Attention(double dropout = 0) => new(8, 2, dropout, generator: new(32));

    static void Near(Tensor expected, Tensor got)
    {
        Assert.Equal(expected.Shape, got.Shape);
        Assert.True((float)(expected - got).Abs().Max() < 1e-5f, $"{expected}\n{got}");
    }

    [Fact]
    public void A_position_that_is_masked_might_as_well_not_be_there()
    {
        var attention = Attention();
        var mask = Tensor.Zeros([5, 5], DType.Bool);
        mask[.., 3] = true;
        var padding = Tensor.Zeros([2, 5], DType.Bool);
        padding[.., 3] = true;
        Tensor left = s_x.IndexSelect(1, Tensor.From([0L, 1, 2, 4])), expected = attention.Forward(s_x, left, left);
        Near(expected, attention.Forward(s_x, mask));
        Near(expected, attention.Forward(s_x, null, keyPaddingMask: padding));
        Near(expected, attention.Forward(s_x, s_x, s_x, mask.To(DType.Float32) * -1e9));
        Near(expected, attention.Forward(s_x, mask.Expand(4, 5, 5)));
        Near(expected, s_x.ScaledDotProductAttention(s_x, s_x, !mask) - s_x.ScaledDotProductAttention(left, left) + expected);
    }

    [Fact]
    public void Masks_and_causality_come_together()
    {
        var attention = Attention();
        var padding = Tensor.Zeros([2, 5], DType.Bool);
        padding[.., 1] = true;
        var ahead = Tensor.Ones([5, 5], DType.Bool).Triu(1);
        ahead[.., 1] = true;
        var expected = attention.Forward(s_x, ahead);
        Near(expected, attention.Forward(s_x, null, causal: true, keyPaddingMask: padding));
        Near(expected, attention.Forward(s_x, Tensor.Zeros([5, 5]), causal: true, keyPaddingMask: padding));
        var layer = new TransformerEncoderLayer(8, 2, 16, dropout: 0, generator: new(33));
        Near(layer.Forward(s_x, ahead), layer.Forward(s_x, null, causal: true, keyPaddingMask: padding));
        Assert.Throws<ShapeException>(() => attention.Forward(s_x, null, keyPaddingMask: padding.T()));
    }

    [Fact]
    public void Who_may_look_nowhere_finds_zeros()
    {
        foreach (var mask in new[] { Tensor.Zeros([5, 5], DType.Bool), Tensor.Full([5, 5], double.NegativeInfinity) })
        {
            var part = mask.Clone();
            part[1..] = mask.DType == DType.Bool ? true : 0.0;
            var x = s_x.Clone();
            x.RequiresGrad = true;
            var y = x.ScaledDotProductAttention(x, x, part);
            Assert.All(y[.., 0].ToArray<float>(), v => Assert.Equal(0f, v));
            Near(s_x.ScaledDotProductAttention(s_x, s_x)[.., 1..], y[.., 1..]);
            y.Sum().Backward();
            Assert.All(x.Grad!.ToArray<float>(), v => Assert.True(float.IsFinite(v)));
        }
        Assert.Throws<ArgumentException>(() => s_x.ScaledDotProductAttention(s_x, s_x, Tensor.Ones([5, 5], DType.Int64)));
    }

    [Fact]
    public void Dropout_applies_where_it_is_asked_for_and_draws_from_the_generator()
    {
        float[] Dropped(ulong seed) => s_x.ScaledDotProductAttention(s_x, s_x, dropout: 0.5, generator: new Generator(seed)).ToArray<float>();
        Assert.Equal(Dropped(1), Dropped(1));
        Assert.NotEqual(Dropped(1), Dropped(2));
        Assert.NotEqual(s_x.ScaledDotProductAttention(s_x, s_x).ToArray<float>(), Dropped(1));

        float[] Encoded(bool train)
        {
            var layer = new TransformerEncoderLayer(8, 2, 16, dropout: 0.5, generator: new(34));
            if (!train) layer.Eval();
            return layer.Forward(s_x).ToArray<float>();
        }
        Assert.Equal(Encoded(true), Encoded(true));
        Assert.NotEqual(Encoded(true), Encoded(false));
        Assert.NotEqual(Attention(0.5).Forward(s_x).ToArray<float>(), Attention(0.5).Eval().Forward(s_x).ToArray<float>());
        Assert.Throws<ArgumentOutOfRangeException>(() => Attention(1.5));
    }

    [Fact]
    public void Nothing_can_be_attended_to()
    {
        var layer = new TransformerEncoderLayer(8, 2, 16, generator: new(35));
        foreach (Shape shape in new Shape[] { [0, 5, 8], [2, 0, 8] })
        {
            var x = Tensor.Ones(shape);
            x.RequiresGrad = true;
            Assert.Equal(shape, Attention().Forward(x).Shape);
            var y = layer.Forward(x);
            Assert.Equal(shape, y.Shape);
            y.Sum().Backward();
            Assert.Equal(shape, x.Grad!.Shape);
        }
    }
}
