namespace Candeia.Tests;

/// <summary>What PyTorch gives where there is no ordinary number.</summary>
public class SpecialValueTests
{
    [Fact]
    public void A_floor_division_by_zero_is_infinite_or_not_a_number()
    {
        foreach (var dtype in new[] { DType.Float32, DType.Float64 })
        {
            Tensor a = Tensor.From([1.0, -1, 0, 7, -7, 7, -7, -5, 1]).To(dtype), b = Tensor.From([0.0, 0, 0, 2, 2, -2, -2, double.PositiveInfinity, 0.1]).To(dtype);
            Assert.Equal([double.PositiveInfinity, double.NegativeInfinity, double.NaN, 3, -4, -4, 3, -1, 9], a.FloorDivide(b).ToArray<double>());
        }
        Assert.Equal([3L, -4, -4, 3, 0], Tensor.From([7L, -7, 7, -7, 1]).FloorDivide(Tensor.From([2L, 2, -2, -2, 2])).ToArray<long>());
        Assert.Throws<DivideByZeroException>(() => Tensor.From([1L]).FloorDivide(Tensor.From([0L])));
    }

    [Fact]
    public void A_median_with_not_a_number_is_not_a_number()
    {
        var (values, indices) = Tensor.From([3.0, double.NaN, 1, 2, 5, 4]).Reshape(2, 3).Median(1);
        Assert.Equal([double.NaN, 4], values.ToArray<double>());
        Assert.Equal([1L, 2], indices.ToArray<long>());
    }
}
