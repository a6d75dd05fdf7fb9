namespace Candeia.Training.Tests;

/// <summary>Intersection over union, counted by hand.</summary>
public class IouTests
{
    static double Of(Metric metric, Tensor output, Tensor target)
    {
        var state = metric.Begin();
        state.Add(output, target);
        return state.Value;
    }

    /// <summary>Scores [1, 3, 2, 3] for which these classes are taken.</summary>
    static Tensor Taken(params long[] classes) => Tensor.Stack([.. Enumerable.Range(0, 3).Select(c => Tensor.From(Array.ConvertAll(classes, k => k == c ? 1f : 0f), [1, 2, 3]))], 1);

    [Fact]
    public void Each_class_counts_alike_or_each_pixel()
    {
        var truth = Tensor.From([0L, 0, 1, 1, 1, 2], [1, 2, 3]);
        var taken = Taken(0, 1, 1, 1, 0, 2);
        // 0: 1 of 3; 1: 2 of 4; 2: 1 of 1.
        Assert.Equal((1 / 3.0 + 0.5 + 1) / 3, Of(new MeanIou(), taken, truth), 12);
        Assert.Equal(4 / 8.0, Of(new MeanIou(Average.Micro), taken, truth), 12);
        Assert.Equal((2 / 3.0 + 3 * 0.5 + 1) / 6, Of(new MeanIou(Average.Weighted), taken, truth), 12);
        Assert.Equal(1, Of(new MeanIou(), Taken(0, 0, 1, 1, 1, 2), truth));
        // Dice's number is 2 · both / (is + taken).
        Assert.Equal((2 / 4.0 + 4 / 6.0 + 1) / 3, Of(new F1(), taken, truth), 12);
    }

    [Fact]
    public void A_class_that_never_occurs_counts_for_nothing()
    {
        Assert.Equal(1, Of(new MeanIou(), Taken(0, 0, 0, 0, 0, 0), Tensor.From([0L, 0, 0, 0, 0, 0], [1, 2, 3])));
        Assert.Equal((0.5 + 0) / 2, Of(new MeanIou(), Taken(0, 0, 0, 1, 1, 1), Tensor.From([0L, 0, 0, 0, 0, 0], [1, 2, 3])), 12);
    }

    [Fact]
    public void Borders_of_things_are_passed_over()
    {
        var truth = Tensor.From([0L, 255, 1, 1, 255, 2], [1, 2, 3]);
        Assert.Equal(1, Of(new MeanIou(IgnoreIndex: 255), Taken(0, 1, 1, 1, 0, 2), truth));
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(new MeanIou(), Taken(0, 1, 1, 1, 0, 2), truth));
    }

    [Fact]
    public void A_mask_covers_another()
    {
        Assert.Equal(2 / 4.0, Of(new BinaryIou(), Tensor.From([0.9f, 0.8f, 0.7f, 0.1f, 0.2f]), Tensor.From([1f, 1, 0, 1, 0])), 12);
        Assert.Equal(2 / 4.0, Of(new BinaryIou(FromLogits: true), Tensor.From([3f, 2, 1, -1, -2]), Tensor.From([1f, 1, 0, 1, 0])), 12);
    }
}
