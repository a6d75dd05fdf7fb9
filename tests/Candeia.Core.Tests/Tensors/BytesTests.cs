using System.Numerics;

namespace Candeia.Tests;

public class BytesTests
{
    public static TheoryData<DType> Types => [.. Enum.GetValues<DType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Bytes_come_back_in_every_type(DType dtype)
    {
        var x = Tensor.Arange(6).Reshape(2, 3).To(dtype);
        var again = Tensor.Empty(x.Shape, dtype);
        x.ReadBytes(bytes => { byte[] copy = bytes.ToArray(); again.WriteBytes(copy.CopyTo); });
        Assert.Equal(x.ToArray<Complex>(), again.ToArray<Complex>());
    }

    [Fact]
    public void A_view_is_read_in_its_own_order()
    {
        byte[] read = [];
        Tensor.From<byte>([1, 2, 3, 4, 5, 6], [2, 3]).T().ReadBytes(bytes => read = bytes.ToArray());
        Assert.Equal([1, 4, 2, 5, 3, 6], read);
    }

    [Fact]
    public void A_parameter_is_read_and_cannot_be_written_while_operations_are_recorded()
    {
        var x = Tensor.Ones([2]);
        x.RequiresGrad = true;
        int length = 0;
        x.ReadBytes(bytes => length = bytes.Length);
        Assert.Equal(8, length);
        Assert.Throws<InvalidOperationException>(() => x.WriteBytes(bytes => bytes.Clear()));
    }

    [Fact]
    public void A_view_in_another_order_is_not_written() =>
        Assert.Throws<InvalidOperationException>(() => Tensor.Ones([2, 3]).T().WriteBytes(bytes => bytes.Clear()));

    [Fact]
    public void Any_byte_but_0_is_true()
    {
        var x = Tensor.Empty([3], DType.Bool);
        x.WriteBytes(bytes => { bytes[0] = 0; bytes[1] = 1; bytes[2] = 255; });
        byte[] read = [];
        x.ReadBytes(bytes => read = bytes.ToArray());
        Assert.Equal([0, 1, 1], read);
    }
}
