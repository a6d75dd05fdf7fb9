namespace Candeia.Data.Tests;

public class PaddingTests
{
    static readonly Sample[] s_lines =
    [
        new(Tensor.From([1L, 2, 3]), Tensor.Scalar(0L), "a"), new(Tensor.From(Array.Empty<long>()), Tensor.Scalar(1L), "b"), new(Tensor.From([4L]), Tensor.Scalar(2L), "c"),
    ];

    [Fact]
    public void Shorter_items_are_filled_up()
    {
        var batch = Padding.Collate(value: 9)(s_lines);
        Assert.Equal([3, 3], batch.X.Shape);
        Assert.Equal([1L, 2, 3, 9, 9, 9, 4, 9, 9], batch.X.ToArray<long>());
        Assert.Equal([0L, 1, 2], batch.Y.ToArray<long>());
        Assert.Equal(["a", "b", "c"], batch.Ids);
        Assert.Equal([1L, 2, 3, 9, 9, 9, 9, 9, 4], Padding.Collate(value: 9, left: true)(s_lines).X.ToArray<long>());
    }

    [Fact]
    public void Lengths_are_given()
    {
        var (x, lengths, y) = Padding.CollateWithLengths()(s_lines).Value;
        Assert.Equal([3L, 0, 1], lengths.ToArray<long>());
        Assert.Equal((3, 3), (x.Shape[1], y.Shape[0]));
    }

    [Fact]
    public void Empty_items_alone_have_one_place()
    {
        Assert.Equal([1, 1], Padding.Collate(value: 5)([s_lines[1]]).X.Shape);
        Assert.Equal([1, 0], Padding.Collate(least: 0)([s_lines[1]]).X.Shape);
    }

    [Fact]
    public void Targets_with_lengths_are_filled_up_too()
    {
        Sample[] tagged = [new(Tensor.Ones([2, 3]), Tensor.From([1L, 2])), new(Tensor.Ones([1, 3]), Tensor.From([3L]))];
        var batch = Padding.Collate(targetValue: -100)(tagged);
        Assert.Equal([2, 2, 3], batch.X.Shape);
        Assert.Equal([1L, 2, 3, -100], batch.Y.ToArray<long>());
        Assert.Throws<ShapeException>(() => Padding.Collate()(tagged));
    }

    [Fact]
    public void Items_that_differ_in_more_than_their_length_are_refused()
    {
        string message = Assert.Throws<ShapeException>(() => Padding.Collate()([new(Tensor.Ones([2, 3]), Tensor.Scalar(0f)), new(Tensor.Ones([2, 4]), Tensor.Scalar(0f))])).Message;
        Assert.Contains("[2, 3]", message, StringComparison.Ordinal);
        Assert.Contains("[2, 4]", message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => Padding.Collate()([new(Tensor.Ones([2]), Tensor.Scalar(0f)), new(Tensor.From([1L]), Tensor.Scalar(0f))]));
    }
}
