namespace Candeia.Training.Tests;

public class NAMETests
{
    [Fact]
    public void Is_the_mean_over_all_batches() =>
        Assert.Equal(0.5, Measured.In(2, new NAME(), Tensor.From([1f, 2, 3]), Tensor.From([1f, 1, 2.5f])).Value, 1e-7);
}
