using System.IO.MemoryMappedFiles;

namespace Candeia.Tests;

public class FromBufferTests
{
    [Fact]
    public void Elements_lie_in_the_memory_of_the_lender()
    {
        using var file = MemoryMappedFile.CreateNew(null, 64);
        using var view = file.CreateViewAccessor();
        for (int i = 0; i < 16; i++) view.Write(4 * i, (float)i);
        var x = Tensor.FromBuffer(view.SafeMemoryMappedViewHandle, [2, 3], DType.Float32, byteOffset: 8);
        Assert.Equal([2f, 3, 4, 5, 6, 7], x.ToArray<float>());
        Assert.Equal(27, (x.T() + 0).Sum().Item());
        x[1, 2] = -1;
        Assert.Equal(-1, view.ReadSingle(4 * 7));
        x.RequiresGrad = true;
        (x * x).Sum().Backward();
        Assert.Equal([4f, 6, 8, 10, 12, -2], x.Grad!.ToArray<float>());
    }

    [Fact]
    public void The_memory_stays_until_the_last_tensor_has_gone()
    {
        var file = MemoryMappedFile.CreateNew(null, 16);
        var view = file.CreateViewAccessor();
        var handle = view.SafeMemoryMappedViewHandle;
        view.Write(12, 7f);
        Tensor kept;
        using (Scope.Begin())
        {
            kept = Tensor.FromBuffer(handle, [4], DType.Float32).Keep();
            _ = Tensor.FromBuffer(handle, [1], DType.Float32);              // given back with the scope
        }
        view.Dispose();
        file.Dispose();
        Assert.Equal(7, kept[3].Item());
    }

    [Theory]
    [InlineData(4, 4, "do not lie")]
    [InlineData(-4, 1, "do not lie")]
    [InlineData(20, 0, "do not lie")]
    [InlineData(2, 1, "multiples of 4")]
    public void What_does_not_lie_in_the_memory_is_refused(int offset, int count, string says)
    {
        using var file = MemoryMappedFile.CreateNew(null, 16);
        using var view = file.CreateViewAccessor(0, 16);
        var handle = view.SafeMemoryMappedViewHandle;
        handle.Initialize(16);                                              // a page of memory is more than was asked for
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => Tensor.FromBuffer(handle, [count], DType.Float32, offset)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Tensor.FromBuffer(handle, [int.MaxValue, int.MaxValue, 2], DType.Float64));
        Assert.Equal(0, Tensor.FromBuffer(handle, [0], DType.Float32, 16).Numel);
    }
}
