using System.Numerics;

namespace Candeia.Tests;

/// <summary>The table of facts, and what is read from it.</summary>
public class DTypeTests
{
    public static TheoryData<DType> All => [.. Enum.GetValues<DType>()];

    [Fact]
    public void Every_type_has_its_row()
    {
        Assert.Equal(Enum.GetValues<DType>(), DTypeFacts.All.ToArray().Select(f => f.DType));
        foreach (var dtype in Enum.GetValues<DType>())
        {
            Assert.Equal(dtype.ToString().ToLowerInvariant(), dtype.Name());
            Assert.Equal(dtype, DTypes.Named(dtype.Name()));
            Assert.Equal(dtype.Wide(), dtype.Wide().Wide());
            Assert.Equal(dtype.Real(), dtype.Complex().IsComplex() && dtype.IsComplex() ? dtype.Complex().Real() : dtype.Real());
        }
    }

    [Fact]
    public void An_unknown_type_is_refused_everywhere()
    {
        var unknown = (DType)77;
        Assert.Throws<NotSupportedException>(() => unknown.Size());
        Assert.Throws<NotSupportedException>(() => unknown.IsFloatingPoint());
        Assert.Throws<NotSupportedException>(() => DTypes.Promote(unknown, DType.Float32));
        Assert.Throws<NotSupportedException>(() => Tensor.Zeros([2], unknown));
        Assert.Throws<NotSupportedException>(() => DTypes.Of<Guid>());
        Assert.Contains("bfloat16", Assert.Throws<ArgumentException>(() => DTypes.Named("float8")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Types_of_dotnet_are_found()
    {
        Assert.Equal(
            [DType.Bool, DType.UInt8, DType.Int8, DType.Int16, DType.Int32, DType.Int64, DType.Float16, DType.BFloat16, DType.Float32, DType.Float64, DType.Complex64, DType.Complex128],
            [DTypes.Of<bool>(), DTypes.Of<byte>(), DTypes.Of<sbyte>(), DTypes.Of<short>(), DTypes.Of<int>(), DTypes.Of<long>(), DTypes.Of<Half>(), DTypes.Of<BFloat16>(), DTypes.Of<float>(),
                DTypes.Of<double>(), DTypes.Of<Complex64>(), DTypes.Of<Complex>()]);
        Assert.Equal([1, 1, 1, 2, 4, 8, 2, 2, 4, 8, 8, 16], Enum.GetValues<DType>().Select(d => d.Size()));
    }

    /// <summary>As torch.can_cast says it of each two types: the row may be written where the column stands.</summary>
    [Theory]
    [InlineData(DType.Bool, "bool uint8 int8 int16 int32 int64 float16 bfloat16 float32 float64 complex64 complex128")]
    [InlineData(DType.UInt8, "uint8 int8 int16 int32 int64 float16 bfloat16 float32 float64 complex64 complex128")]
    [InlineData(DType.Int64, "uint8 int8 int16 int32 int64 float16 bfloat16 float32 float64 complex64 complex128")]
    [InlineData(DType.Float64, "float16 bfloat16 float32 float64 complex64 complex128")]
    [InlineData(DType.BFloat16, "float16 bfloat16 float32 float64 complex64 complex128")]
    [InlineData(DType.Complex128, "complex64 complex128")]
    public void What_may_be_written_where(DType from, string to) =>
        Assert.Equal(to, string.Join(' ', Enum.GetValues<DType>().Where(d => DTypes.CanCast(from, d)).Select(d => d.Name())));

    /// <summary>From torch.finfo and torch.iinfo.</summary>
    [Fact]
    public void Ranges_are_those_of_PyTorch()
    {
        Assert.Equal(new(DType.Float16, 16, 0.0009765625, 65504.0, 6.103515625e-05, 0.001), Finfo.Of(DType.Float16));
        Assert.Equal(new(DType.BFloat16, 16, 0.0078125, 3.3895313892515355e+38, 1.1754943508222875e-38, 0.01), Finfo.Of(DType.BFloat16));
        Assert.Equal(new(DType.Float32, 32, 1.1920928955078125e-07, 3.4028234663852886e+38, 1.1754943508222875e-38, 1e-06), Finfo.Of(DType.Complex64));
        Assert.Equal(-1.7976931348623157e+308, Finfo.Of(DType.Float64).Min);
        Assert.Equal(new(DType.Int8, 8, -128, 127), Iinfo.Of(DType.Int8));
        Assert.Equal(new(DType.UInt8, 8, 0, 255), Iinfo.Of(DType.UInt8));
        Assert.Equal(new(DType.Int16, 16, -32768, 32767), Iinfo.Of(DType.Int16));
        Assert.Equal(new(DType.Int64, 64, long.MinValue, long.MaxValue), Iinfo.Of(DType.Int64));
        Assert.Throws<ArgumentException>(() => Finfo.Of(DType.Int8));
        Assert.Throws<ArgumentException>(() => Iinfo.Of(DType.Float32));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Tensors_are_made_filled_copied_and_read(DType dtype)
    {
        var x = Tensor.Full([3, 2], 1, dtype);
        x[1, 0] = 0;
        Assert.Equal(dtype, x.DType);
        Assert.Equal([1, 1, 0, 1, 1, 1], x.Real().ToArray<double>());
        Assert.Equal([1, 0, 1, 1, 1, 1], x.T().Contiguous().Real().ToArray<double>());
        Assert.Equal([1, 1, 0, 1, 1, 1], x.ChannelsLastOfBatch().Real().ToArray<double>());
        Assert.Equal([1, 1, 0, 1, 1, 1, 0, 0], Tensor.Cat([x, Tensor.Zeros([1, 2], dtype)]).Real().ToArray<double>());
        Assert.Equal([1, 0], x.IndexSelect(0, Tensor.From([0L, 1])).Gather(1, Tensor.From([0L, 0]).Reshape(2, 1)).Real().ToArray<double>());
        Assert.Equal([true, true, false, true, true, true], x.ToArray<bool>());
        Assert.Equal(dtype, x.Clone().DType);
        Assert.EndsWith($"[ {dtype.Name()} [3, 2] ]", x.ToString(), StringComparison.Ordinal);
        Assert.Equal([0, 0], Tensor.Zeros([2], dtype).Real().ToArray<double>());
        Assert.Equal(1, (int)Tensor.Ones([], dtype));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_type_becomes_every_other(DType from)
    {
        var x = Tensor.From([0.0, 1, 2, 3, 100]).To(from);
        foreach (var to in Enum.GetValues<DType>())
        {
            if (from.IsComplex() && !to.IsComplex() && to != DType.Bool)
            {
                Assert.Contains("imaginary", Assert.Throws<ArgumentException>(() => x.To(to)).Message, StringComparison.Ordinal);
                Assert.Throws<ArgumentException>(() => Tensor.Zeros([5], to).CopyFrom(x));
                continue;
            }
            bool truth = from == DType.Bool || to == DType.Bool;
            double[] expected = truth ? [0, 1, 1, 1, 1] : [0, 1, 2, 3, 100];
            Assert.Equal(expected, x.To(to).Real().ToArray<double>());
            Assert.Equal(expected, Tensor.Zeros([5, 3], to)[.., 1].CopyFrom(x).Real().ToArray<double>());
        }
    }

    [Fact]
    public void Fractions_are_cut_and_whole_numbers_wrap()
    {
        Assert.Equal<sbyte>([1, -1, 0, 127], Tensor.From([1.9, -1.9, 0.4, 127.0]).ToArray<sbyte>());
        Assert.Equal<short>([-1, 1], Tensor.From([65535, 65537]).ToArray<short>());
        Assert.Equal<byte>([255, 1], Tensor.From([-1L, 257]).ToArray<byte>());
        Assert.Equal([true, false, true], Tensor.From([0.25, 0, double.NaN]).ToArray<bool>());
        Assert.Equal([new Complex(1.5, 0)], Tensor.From([1.5f]).ToArray<Complex>());
    }

    [Fact]
    public void Parameters_of_reductions_are_values()
    {
        Assert.Equal(new SumOp([0, -1]), new SumOp([0, -1]));
        Assert.NotEqual(new SumOp([0, -1]), new SumOp([0]));
        Assert.Equal(new SumOp([0, -1]).GetHashCode(), new SumOp([0, -1]).GetHashCode());
        Assert.Contains("[0, -1]", new AmaxOp([0, -1]).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_type_is_that_of_what_has_none()
    {
        Assert.Equal(DType.Float32, Tensor.DefaultDType);
        using (var _ = Tensor.WithDefaultDType(DType.Float64))
        {
            Assert.Equal(DType.Float64, Tensor.Zeros([2]).DType);
            Assert.Equal(DType.Float64, Tensor.Rand([2]).DType);
            Assert.Equal(DType.Float64, (Tensor.Arange(3) + 0.5).DType);
            Assert.Equal(DType.Float64, (Tensor.Arange(3) / 2).DType);
            Assert.Equal(DType.Float64, Tensor.Arange(3).Exp().DType);
            Tensor literal = [0.5, 1];
            Assert.Equal(DType.Float64, literal.DType);
            Assert.Equal(DType.Complex128, (Tensor.Ones([1], DType.Float64) * Complex.ImaginaryOne).DType);
            using var inner = Tensor.WithDefaultDType(DType.BFloat16);
            Assert.Equal(DType.BFloat16, Tensor.Linspace(0, 1, 3).DType);
        }
        Assert.Equal(DType.Float32, Tensor.Zeros([2]).DType);
        Assert.Throws<ArgumentException>(() => Tensor.DefaultDType = DType.Int64);
    }
}

static class Layouts
{
    /// <summary>The same values with the first dimension fastest in memory, by way of a copy that changes the order of dimensions.</summary>
    public static Tensor ChannelsLastOfBatch(this Tensor x) => x.Unsqueeze(0).ChannelsLast().Squeeze(0);
}
