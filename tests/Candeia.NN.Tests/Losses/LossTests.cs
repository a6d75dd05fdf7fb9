using Candeia.NN;

namespace Candeia.Tests;

public class LossTests
{
    [Theory]
    [InlineData(new[] { 64, 1 }, new[] { 64 }, "Use target.Unsqueeze(1) or the prediction's Squeeze(1).")]
    [InlineData(new[] { 64 }, new[] { 64, 1 }, "Use target.Squeeze(1) or the prediction's Unsqueeze(1).")]
    [InlineData(new[] { 2, 3 }, new[] { 3, 2 }, "Use target.Reshape(2, 3).")]
    [InlineData(new[] { 4 }, new[] { 1 }, "Every prediction needs one target.")]
    public void Shapes_that_would_broadcast_are_refused(int[] input, int[] target, string cure)
    {
        Tensor y = Tensor.Ones(Shape.Create(input)), t = Tensor.Ones(Shape.Create(target));
        Func<Tensor>[] losses = [() => y.MseLoss(t), () => y.L1Loss(t), () => y.SmoothL1Loss(t), () => y.HuberLoss(t), () => y.BceLoss(t), () => y.BceWithLogitsLoss(t), () => y.KlDivLoss(t)];
        foreach (var loss in losses)
            Assert.EndsWith($"the prediction is {y.Shape} and the target {t.Shape}. {cure}", Assert.Throws<ShapeException>(loss).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_are_checked()
    {
        var y = Tensor.Zeros([2, 3]);
        Assert.Contains("has the class 3", Assert.Throws<ArgumentOutOfRangeException>(() => y.CrossEntropyLoss(Tensor.From([0L, 3]))).Message, StringComparison.Ordinal);
        Assert.Contains("has the class -1", Assert.Throws<ArgumentOutOfRangeException>(() => y.CrossEntropyLoss(Tensor.From([0L, -1]))).Message, StringComparison.Ordinal);
        Assert.Contains("needs a target [2], not [2, 1]", Assert.Throws<ShapeException>(() => y.CrossEntropyLoss(Tensor.Zeros([2, 1], DType.Int64))).Message, StringComparison.Ordinal);
        Assert.Contains("class indices [2] (int64) or probabilities [2, 3], not Float32 [2]", Assert.Throws<ShapeException>(() => y.CrossEntropyLoss(Tensor.Zeros([2]))).Message, StringComparison.Ordinal);
        Assert.Contains("need a weight [3], not [2]", Assert.Throws<ShapeException>(() => y.CrossEntropyLoss(Tensor.From([0L, 1]), weight: Tensor.Ones([2]))).Message, StringComparison.Ordinal);
        Assert.Contains("convert the target", Assert.Throws<ArgumentException>(() => y.NllLoss(Tensor.Zeros([2]))).Message, StringComparison.Ordinal);
    }

    /// <summary>As in PyTorch from 2.6 on: the mean is that of the weights.</summary>
    [Fact]
    public void Weights_say_how_much_a_difference_counts()
    {
        Tensor y = Tensor.From([1.0, 2, 5, 3], [2, 2]), t = Tensor.From([1.0, 4, 2, 3.5], [2, 2]), weight = Tensor.From([1.0, 3]);         // of columns
        var losses = new (Func<Reduction, Tensor> Of, double[] Each)[]
        {
            (r => y.MseLoss(t, r, weight), [0, 4, 9, 0.25]), (r => y.L1Loss(t, r, weight), [0, 2, 3, 0.5]), (r => y.HuberLoss(t, 1, r, weight), [0, 1.5, 2.5, 0.125]),
        };
        foreach (var (of, each) in losses)
        {
            double[] counted = [each[0], 3 * each[1], each[2], 3 * each[3]];
            Assert.Equal(counted, of(Reduction.None).ToArray<double>());
            Assert.Equal(counted.Sum(), of(Reduction.Sum).Item(), 1e-12);
            Assert.Equal(counted.Sum() / 8, of(Reduction.Mean).Item(), 1e-12);
        }
        Assert.Throws<ShapeException>(() => y.MseLoss(t, weight: Tensor.Ones([3])));
        Assert.Contains("[3, 2, 2] do not stretch to the [2, 2] losses", Assert.Throws<ShapeException>(() => y.MseLoss(t, weight: Tensor.Ones([3, 2, 2]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_numbers_are_targets_too() => Assert.Equal(0.5f, (float)Tensor.From([1f, 2f]).MseLoss(Tensor.From([1L, 3L])));

    [Fact]
    public void Cross_entropy_in_one_pass_has_the_second_derivatives_of_its_parts()
    {
        var x = Tensor.Randn([4, 5], DType.Float64, new Generator(1));
        x.RequiresGrad = true;
        var target = Tensor.From([0L, 4, -100, 2]);
        double[] Second(Tensor loss)
        {
            var first = Autograd.Gradients(loss, [x], createGraph: true)[0];
            return Autograd.Gradients(first.Square().Sum(), [x])[0].ToArray<double>();
        }

        double[] whole = Second(x.CrossEntropyLoss(target)), parts = Second(x.LogSoftmax(1).NllLoss(target));
        for (int i = 0; i < whole.Length; i++) Assert.Equal(parts[i], whole[i], 1e-14);
    }
}
