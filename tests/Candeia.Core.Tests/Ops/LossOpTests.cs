namespace Candeia.Tests;

public class LossOpTests
{
    [Fact]
    public void What_is_no_matrix_of_scores_with_a_class_for_each_row_is_refused()
    {
        var op = new CrossEntropyOp(-100);
        Tensor scores = Tensor.Zeros([2, 3]), target = Tensor.From([0L, 2]);
        Assert.Equal("CrossEntropy takes scores [n, classes] and targets [n], not [2, 3] and [1].", Assert.Throws<ShapeException>(() => op.Apply(scores, target[..1])).Message);
        Assert.Throws<ShapeException>(() => op.Apply(scores[0], target));
        Assert.Throws<ArgumentException>(() => op.Apply(scores.To(DType.Int64), target));
        Assert.Throws<ArgumentException>(() => op.Apply(scores, target.To(DType.Int32)));
        Assert.ThrowsAny<Exception>(() => op.Apply(scores, target + 1).ToArray<float>());
        Assert.Equal(Math.Log(3), op.Apply(scores, target).ToArray<float>()[1], 1e-6);
    }

    [Fact]
    public void Probabilities_are_no_integers()
    {
        var ones = Tensor.Ones([2], DType.Int64);
        Assert.Throws<ArgumentException>(() => new BinaryCrossEntropyOp().Apply(ones, ones));
        Assert.Equal(0f, new BinaryCrossEntropyOp().Apply(ones.To(DType.Float32), ones).ToArray<float>()[0]);
    }
}
