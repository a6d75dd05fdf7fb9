namespace Candeia.Tests;

/// <summary>Whole numbers and truth values: exact, wrapping around, and refused where PyTorch refuses them.</summary>
public class WholeNumberTests
{
    const long Odd = (1L << 53) + 1;

    [Fact]
    public void Int64_is_exact()
    {
        Assert.Equal(Odd, (long)Tensor.From([Odd]));
        Assert.Equal(Odd, Tensor.From([Odd]).Item<long>());
        Assert.Equal(Odd, (long)Tensor.Full([1], Odd, DType.Int64));
        Assert.Equal(Odd, (long)Tensor.Scalar(Odd, DType.Int64));
        Assert.Equal(Odd, (long)Tensor.Zeros([1], DType.Int64).Fill(Odd));
        Assert.Equal(Odd, (long)(Tensor.Zeros([1], DType.Int64) + Odd));
        Tensor literal = [Odd, 1];
        Assert.Equal([Odd, 1], literal.ToArray<long>());
        Assert.Equal([Odd, Odd + 1], Tensor.Arange(Odd, Odd + 2).ToArray<long>());
        Assert.Equal(2 * Odd, (long)Tensor.From([Odd, Odd]).Sum());
        Assert.Equal(long.MaxValue, (long)Tensor.Scalar(long.MaxValue, DType.Int64));
    }

    [Fact]
    public void The_smallest_of_any_type_is_found()
    {
        Assert.Equal(0, Tensor.From([(byte)0, 5, 7]).Min().Item());
        Assert.False((bool)Tensor.From([true, false]).Min());
        Assert.Equal(int.MinValue, (int)Tensor.From([int.MinValue, 5]).Min());
        Assert.Equal(long.MinValue, (long)Tensor.From([long.MinValue, 5]).Amin(0));
        Assert.Equal<sbyte>([-128, 3], Tensor.From<sbyte>([-128, 5, 9, 3], [2, 2]).Amin(1).ToArray<sbyte>());
    }

    [Fact]
    public void The_smallest_numbers_wrap_around()
    {
        var least = Tensor.From([int.MinValue, -7]);
        Assert.Equal([int.MinValue, 7], least.Abs().ToArray<int>());
        Assert.Equal([true, true], least.IsFinite().ToArray<bool>());
        Assert.Equal([int.MinValue, 7], least.FloorDivide(-1).ToArray<int>());
        Assert.Equal([0, 0], least.Remainder(-1).ToArray<int>());
        Assert.Equal([0, 0], least.Fmod(-1).ToArray<int>());
        Assert.Equal<sbyte>([-128], (Tensor.From<sbyte>([127]) + 1).ToArray<sbyte>());
        Assert.Equal<short>([-1], (Tensor.From<short>([short.MaxValue]) * 2 + 1).ToArray<short>());
    }

    [Fact]
    public void Truth_values_have_no_arithmetic_of_bytes()
    {
        var yes = Tensor.From([true, true, false]);
        var sum = yes + Tensor.From([true, false, false]);
        Assert.Equal(DType.Bool, sum.DType);
        Assert.Equal([true, true, false], sum.ToArray<bool>());
        Assert.Equal([true, true, false], sum.Eq(true).ToArray<bool>());
        Assert.Equal(2, (long)sum.Sum());
        Assert.Equal([true, false, false], (yes * Tensor.From([true, false, false])).ToArray<bool>());
        Assert.Throws<ArgumentException>(() => yes - yes);
        Assert.Throws<ArgumentException>(() => -yes);
        Assert.Equal([false, false, true], (~yes).ToArray<bool>());
        Assert.Equal([1L, 1, 0], yes.Square().ToArray<long>());
    }

    [Fact]
    public void Operators_on_whole_numbers_are_bitwise()
    {
        Tensor six = Tensor.From([6, 6]), three = Tensor.From([3, 5]);
        Assert.Equal([2, 4], (six & three).ToArray<int>());
        Assert.Equal([7, 7], (six | three).ToArray<int>());
        Assert.Equal([5, 3], (six ^ three).ToArray<int>());
        Assert.Equal([-7, -7], (~six).ToArray<int>());
        Assert.Equal([true, true], six.LogicalAnd(three).ToArray<bool>());
        Assert.Equal([false, false], six.LogicalXor(three).ToArray<bool>());
        Assert.Equal([true, true], six.LogicalOr(0).ToArray<bool>());
        Assert.Throws<ArgumentException>(() => six & Tensor.Ones([2]));
        Assert.Throws<ArgumentException>(() => ~Tensor.Ones([2]));
    }

    [Fact]
    public void Powers_of_whole_numbers()
    {
        var x = Tensor.From([0L, 1, 2, -3, -1]);
        Assert.Equal([0, 1, 8, -27, -1], x.Pow(3).ToArray<long>());
        Assert.Equal(unchecked(3L * 3 * 3), (long)Tensor.From([3L]).Pow(3));
        Assert.Equal(4052555153018976267, (long)Tensor.From([3L]).Pow(39));
        Assert.Contains("whole powers", Assert.Throws<ArgumentException>(() => x.Pow(-1)).Message, StringComparison.Ordinal);
        Assert.Equal([0L, 1, 0, 0, -1], x.Pow(Tensor.Full([5], -3, DType.Int64)).ToArray<long>());
        Assert.Equal(DType.Float32, Tensor.From([1, 2]).Pow(0.5).DType);
    }

    [Fact]
    public void Bounds_with_fractions_promote()
    {
        var x = Tensor.From([0L, 1, 2]);
        Assert.Equal([0.5f, 1, 2], x.Clamp(min: 0.5).ToArray<float>());
        Assert.Equal(DType.Float32, x.Clamp(max: 1.5).DType);
        Assert.Equal([1L, 1, 2], x.Clamp(min: 1).ToArray<long>());
        Assert.Equal<byte>([0, 1, 2], x.To(DType.UInt8).Clamp(-1, 300).ToArray<byte>());
    }

    [Fact]
    public void Functions_with_fractions_are_refused_or_promoted()
    {
        Assert.Throws<ArgumentException>(() => Tensor.From([(byte)20]).Norm());
        Assert.Throws<ArgumentException>(() => Tensor.From([1, 2]).Softmax(0));
        Assert.Throws<ArgumentException>(() => Tensor.From([1, 2]).Mean());
        Assert.Equal([0.5f, 0.5f], Tensor.From([1, 1]).Softmax(0, DType.Float32).ToArray<float>());
        Assert.Equal(1.5, Tensor.From([1, 2]).Mean(DType.Float64).Item());
        Assert.Equal(DType.Float32, Tensor.From([1L, 0]).Atan2(Tensor.From([1L, 1])).DType);
        Assert.Equal([0.7853982f, 0], Tensor.From([1L, 0]).Atan2(Tensor.From([1L, 1])).ToArray<float>());
        Assert.Equal(6.0, Tensor.From([1, 2, 3]).Sum([0], keepDim: false, DType.Float64).Item());
        Assert.Equal(DType.Float64, Tensor.From([1, 2]).Prod(DType.Float64).DType);
        Assert.Equal(DType.Float32, Tensor.From([1, 2]).Cumsum(0, DType.Float32).DType);
    }
}
