namespace Candeia.Tests;

/// <summary>What golden values do not say of functions of elements: types, refusals, bits at the ends.</summary>
public class FunctionTests
{
    [Fact]
    public void Second_derivatives_equal_finite_differences()
    {
        static Tensor Leaf(params double[] values)
        {
            var x = Tensor.From(values);
            x.RequiresGrad = true;
            return x;
        }
        Tensor a = Leaf(0.3, 0.8, 0.55), b = Leaf(0.7, 0.4, 0.9), c = Leaf(0.2, 0.35, 0.8);
        Func<Tensor[], Tensor>[] functions =
        [
            x => x[0].Acos(), x => x[0].Asin(), x => (x[0] + 1).Acosh(), x => x[0].Asinh(), x => x[0].Atanh(), x => x[0].Exp2(), x => x[0].Log2(), x => x[0].Log10(),
            x => x[0].Hypot(x[1]), x => x[0].XLogY(x[1]), x => x[0].LogAddExp(x[1]), x => x[0].LogAddExp2(x[1]), x => x[0].LdExp(x[1]),
            x => x[0].Lerp(x[1], x[2]), x => x[0].AddCMul(x[1], x[2], 2), x => x[0].AddCDiv(x[1], x[2], 2),
        ];
        foreach (var function in functions) Autograd.GradGradCheck(x => [function(x)], [a, b, c]);
    }

    [Fact]
    public void Shifts_by_all_bits_and_more_leave_the_sign()
    {
        Tensor x = Tensor.From<sbyte>([1, -1, 100, -128]);
        Assert.Equal([0L, 0, 0, 0], (x << 8).ToArray<long>());
        Assert.Equal([0L, -1, 0, -1], (x >> 8).ToArray<long>());
        Assert.Equal([0L, -1, 0, -1], (x >> -1).ToArray<long>());
        Assert.Equal([2L, -2, -56, 0], (x << 1).ToArray<long>());
        Assert.Equal(DType.Int8, (x << 1).DType);
    }

    [Fact]
    public void What_has_no_bits_or_no_fraction_is_refused()
    {
        Tensor fractions = Tensor.From([1.5]), whole = Tensor.From([1L]), truth = Tensor.From([true]);
        Assert.Contains("whole numbers", Assert.Throws<ArgumentException>(() => fractions << 1).Message, StringComparison.Ordinal);
        Assert.Contains("Bool", Assert.Throws<ArgumentException>(() => truth << truth).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => fractions.Gcd(2));
        Assert.Throws<ArgumentException>(() => truth.Gcd(truth));
        Assert.Throws<ArgumentException>(() => whole.Frac());
        Assert.Throws<ArgumentException>(() => whole.Round(1));
        Assert.Throws<ArgumentException>(() => whole.FrExp());
        Assert.Throws<ArgumentException>(() => whole.Lerp(whole, whole));
        Assert.Throws<ArgumentException>(() => whole.AddCDiv(whole, whole));
        Assert.Throws<ArgumentException>(() => whole.AddCMul(whole, whole, 0.5));
        Assert.Throws<ArgumentException>(() => truth.AddCMul(truth, truth));
        Assert.Throws<ArgumentException>(() => Tensor.From([(Half)1]).NextAfter(Tensor.From([(Half)2])));
        Assert.Throws<ArgumentOutOfRangeException>(() => fractions.IsClose(fractions, relative: -1));
    }

    [Fact]
    public void Three_types_meet_as_two_do()
    {
        Tensor single = Tensor.From([1f]), wide = Tensor.From([1.0]), whole = Tensor.From([1L]), scalar = Tensor.Scalar(1, DType.Float64);
        Assert.Equal(DType.Float32, single.AddCMul(whole, scalar).DType);
        Assert.Equal(DType.Float64, single.AddCMul(whole, wide).DType);
        Assert.Equal(DType.Float32, single.Lerp(single, 0.5).DType);
        Assert.Equal(DType.Complex64, single.AddCMul(Tensor.From([new Complex64(1, 2)]), 2).DType);
        Assert.Equal(DType.Float64, single.FloatPower(2).DType);
    }

    [Fact]
    public void Tensors_are_close_or_equal()
    {
        Tensor a = Tensor.From([1.0, double.NaN, double.PositiveInfinity]), b = Tensor.From([1.0 + 1e-6, double.NaN, double.PositiveInfinity]);
        Assert.False(a.AllClose(b));
        Assert.True(a.AllClose(b, equalNaN: true));
        Assert.False(a.Equal(a));
        Assert.True(b[..1].Equal(b[..1].Clone()));
        Assert.False(b[..1].Equal(b[..1].Unsqueeze(0)));
        Assert.True(Tensor.From([new System.Numerics.Complex(1, 1)]).AllClose(Tensor.From([new System.Numerics.Complex(1, 1 + 1e-7)])));
        Assert.False(Tensor.From([new System.Numerics.Complex(1, 1)]).AllClose(Tensor.From([new System.Numerics.Complex(1, 1.01)])));
        Assert.True(Tensor.From<byte>([1]).IsClose(Tensor.From<byte>([2]), absolute: 1).All().Item<int>() == 1);
    }

    [Fact]
    public void The_parts_of_numbers_make_them_again()
    {
        var x = Tensor.From([6.0, -0.1, double.Epsilon, 0, double.MaxValue]);
        var (mantissa, exponent) = x.FrExp();
        Assert.Equal([0.75, -0.8, 0.5, 0, 1 - Math.Pow(2, -53)], mantissa.ToArray<double>());
        Assert.Equal([3, -3, -1073, 0, 1024], exponent.ToArray<int>());
    }
}
