namespace Candeia.Tests;

[Collection(nameof(ThreadCount))]
public class CopyTests
{
    [Theory]
    [InlineData(2, 3, 4, 5)]
    [InlineData(1, 1, 7, 3)]
    [InlineData(3, 17, 33, 1)]
    [InlineData(2, 40, 19, 21)]
    [InlineData(1, 301, 20, 15)]
    [InlineData(1, 3, 224, 221)]                             // colours
    [InlineData(2, 3, 3, 1)]
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

    /// <summary>Values are those from before the first is written, whatever overlaps, and with any number of threads.</summary>
    [Theory]
    [InlineData(5, 1), InlineData(2_000_000, 1), InlineData(2_000_000, 40_000), InlineData(2_000_000, -1), InlineData(300_000, -70_000)]
    public void Overlapping_parts_are_copied_as_they_were(int n, int shift)
    {
        float[] values = [.. Enumerable.Range(0, n).Select(i => (float)i)];
        for (int threads = 1; threads <= 2; threads++)
        {
            using var _ = new ThreadCount(threads);
            var t = Tensor.From(values);
            if (shift > 0) t[shift..] = t[..^shift];
            else t[..(n + shift)] = t[-shift..];
            for (int i = 0; i < n; i++)
            {
                int from = shift > 0 ? i >= shift ? i - shift : i : i < n + shift ? i - shift : i;
                if (t.GetNumber(i) != from) Assert.Fail($"{t.GetNumber(i)} instead of {from} at {i} with {threads} threads");
            }
        }
    }

    [Theory]
    [InlineData(3), InlineData(8), InlineData(64), InlineData(300)]
    public void A_matrix_becomes_its_own_transpose_in_place(int n)
    {
        var t = Tensor.Arange(0, n * n, dtype: DType.Float32).Reshape(n, n);
        float[] expected = t.T().Clone().ToArray<float>();
        t[..] = t.T();
        Assert.Equal(expected, t.ToArray<float>());
        var reversed = Tensor.Arange(0, n);
        reversed.CopyFrom(reversed.Flip(0));
        Assert.Equal(n - 1, reversed[0].Item());
        var same = reversed.CopyFrom(reversed);
        Assert.Equal(0, same[n - 1].Item());
    }

    [Fact]
    public void What_Expand_has_stretched_is_not_written()
    {
        foreach (var write in new Action<Tensor>[] { x => x.CopyFrom(Tensor.Arange(5)), x => x.Fill(2), x => x[1..] = 3, x => x[..] = Tensor.Ones([5]) })
            Assert.Contains("Expand", Assert.Throws<InvalidOperationException>(() => write(Tensor.Zeros([1]).Expand([5]))).Message, StringComparison.Ordinal);
        Assert.Equal([4f], Tensor.Zeros([1]).Expand([1]).Fill(4).ToArray<float>());
    }
}
