using System.Buffers.Binary;

namespace Candeia.Tests;

public sealed class MatTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    IReadOnlyDictionary<string, Tensor> Load(byte[] file)
    {
        File.WriteAllBytes(_folder["a.mat"], file);
        return Mat.Load(_folder["a.mat"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Arrays_are_read_in_their_order_with_their_types(bool compress)
    {
        var arrays = Load(MatBytes.File(compress, isBigEndian: false, MatBytes.Arrays));
        Assert.Equal(["y", "picture", "words"], arrays.Keys);                 // texts are passed over
        Assert.Equal(DType.Float64, arrays["y"].DType);
        Assert.Equal([2, 3], arrays["y"].Shape);
        Assert.Equal([1d, 3, 5, 2, 4, 6], arrays["y"].ToArray<double>());     // columns stand one after the other
        Assert.Equal(DType.UInt8, arrays["picture"].DType);
        Assert.Equal(7, (int)arrays["picture"][1, 1, 1]);
        Assert.Equal(DType.Int32, arrays["words"].DType);
        Assert.Equal([1, 65535], arrays["words"].ToArray<int>());
    }

    [Fact]
    public void The_other_order_of_bytes_is_read_too()
    {
        byte[] data = new byte[16];
        BinaryPrimitives.WriteDoubleBigEndian(data, 1.5);
        BinaryPrimitives.WriteDoubleBigEndian(data.AsSpan(8), -2);
        var arrays = Load(MatBytes.File(false, isBigEndian: true, new MatArray("x", MatBytes.Double, [1, 2], 9, data)));
        Assert.Equal([1.5, -2], arrays["x"].ToArray<double>());
    }

    [Fact]
    public void Complex_and_empty_arrays_are_no_harm()
    {
        var arrays = Load(MatBytes.File(false, false, new MatArray("z", MatBytes.Double, [1, 1], 2, [1], Flags: 0x0800), new MatArray("none", MatBytes.Double, [0, 0], 9, [])));
        Assert.Equal([0, 0], Assert.Single(arrays).Value.Shape);
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        string Fault(byte[] file) => Assert.Throws<TensorFileException>(() => Load(file)).Message;
        byte[] good = MatBytes.File(false, false, MatBytes.Arrays);
        Assert.Contains("no file of MATLAB 5", Fault([.. new byte[200]]), StringComparison.Ordinal);
        Assert.Contains("cut off", Fault(good[..^20]), StringComparison.Ordinal);
        Assert.Contains("not those of 7 numbers", Fault(MatBytes.File(false, false, new MatArray("y", MatBytes.Double, [1, 7], 2, [1, 2, 3]))), StringComparison.Ordinal);
        Assert.Contains("cannot be", Fault(MatBytes.File(false, false, new MatArray("y", MatBytes.Double, [1 << 20, 1 << 20], 2, [1]))), StringComparison.Ordinal);
        byte[] packed = MatBytes.File(true, false, MatBytes.Arrays);
        packed[140] ^= 0xFF;
        Assert.Contains("damaged", Fault(packed), StringComparison.Ordinal);
    }
}
