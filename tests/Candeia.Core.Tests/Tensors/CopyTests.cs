namespace Candeia.Tests;

public class CopyTests
{
    [Theory]
    [InlineData(2, 3, 4, 5)]
    [InlineData(1, 1, 7, 3)]
    [InlineData(3, 17, 33, 1)]
    [InlineData(2, 40, 19, 21)]
    [InlineData(1, 301, 20, 15)]
    public void Channels_last_and_back_is_the_same(int n, int c, int h, int w)
    {
        foreach (var dtype in new[] { DType.Float32, DType.Float64, DType.UInt8 })
        {
            var x = Tensor.Arange(0, n * c * h * w).To(dtype).Reshape(n, c, h, w);
            var last = x.ChannelsLast();
            Assert.True(last.Layout.IsChannelsLast);
            Assert.Equal(x.ToArray<double>(), last.ToArray<double>());
            Assert.Equal(x.Permute(0, 2, 3, 1).ToArray<double>(), last.Permute(0, 2, 3, 1).ToArray<double>());
            Assert.Equal(x[.., TensorIndex.Every(2)].Transpose(0, -1).ToArray<double>(), last[.., TensorIndex.Every(2)].Transpose(0, -1).Clone().ToArray<double>());
        }
    }

    [Fact]
    public void Numbers_become_other_types_without_their_fraction()
    {
        Assert.Equal([1L, -1, 0], Tensor.From([1.9f, -1.9f, 0.5f]).To(DType.Int64).ToArray<long>());
        Assert.Equal([true, false, true], Tensor.From([2.0, 0, double.NaN]).To(DType.Bool).ToArray<bool>());
        Assert.Equal([255, 0], Tensor.From([255L, 256]).To(DType.UInt8).ToArray<int>());
    }
}
