namespace Candeia.Tests;

public class IndexingTests
{
    static readonly Tensor s_x = Tensor.Arange(0, 24, dtype: DType.Float32).Reshape(2, 3, 4);

    [Fact]
    public void Positions_and_ranges_give_views()
    {
        Assert.Equal([3, 4], s_x[0].Shape);
        Assert.Equal([20f, 21, 22, 23], s_x[^1, ^1].ToArray<float>());
        Assert.Equal([0f, 4, 8, 12, 16, 20], s_x[.., .., 0].ToArray<float>());
        Assert.Equal([0f, 4, 8, 12, 16, 20], s_x[TensorIndex.Ellipsis, 0].ToArray<float>());
        Assert.Equal([5f, 6, 9, 10], s_x[0, 1..3, 1..^1].ToArray<float>());
        Assert.Equal([2, 1, 3, 4], s_x[.., TensorIndex.NewAxis].Shape);
        Assert.Equal([0f, 2], s_x[0, 0, TensorIndex.Every(2)].ToArray<float>());
        Assert.Equal([2, 3, 4], s_x[..10_000].Shape);
    }

    [Fact]
    public void Tensors_and_masks_pick_elements()
    {
        Tensor rows = [1, 0, -1];
        Assert.Equal([2, 3, 4], s_x[.., rows].Shape);
        Assert.Equal([4f, 0, 8], s_x[0, rows, 0].ToArray<float>());
        Tensor columns = [3, 0, 1];
        Assert.Equal([7f, 0, 9], s_x[0, rows, columns].ToArray<float>());
        Assert.Equal([21f, 22, 23], s_x[s_x > 20].ToArray<float>());
    }

    [Fact]
    public void Setting_writes_in_place_and_broadcasts()
    {
        var x = Tensor.Zeros([2, 3]);
        x[0] = 1;
        x[.., ^1] = Tensor.From([5f, 6f]);
        Assert.Equal([1f, 1, 5, 0, 0, 6], x.ToArray<float>());
        x[x > 4] = -1;
        Assert.Equal([1f, 1, -1, 0, 0, -1], x.ToArray<float>());
        Tensor at = [2, 0];
        x[1, at] = Tensor.From([7f, 8f]);
        Assert.Equal([1f, 1, -1, 8, 0, 7], x.ToArray<float>());
    }

    [Fact]
    public void Positions_that_do_not_exist_are_named()
    {
        Assert.Contains("[2, 3, 4]", Assert.Throws<ArgumentOutOfRangeException>(() => s_x[5]).Message, StringComparison.Ordinal);
        Assert.Contains("too long", Assert.Throws<ArgumentOutOfRangeException>(() => s_x[0, 0, 0, 0]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_flow_back_to_the_part_that_was_read()
    {
        var x = Tensor.Arange(0, 6, dtype: DType.Float64).Reshape(2, 3);
        x.RequiresGrad = true;
        Tensor twice = [0, 0, 2];
        (x[.., twice].Sum() + x[1, 1] * 10).Backward();
        Assert.Equal([2.0, 0, 1, 2, 10, 1], x.Grad!.ToArray<double>());
    }
}
