using System.Numerics;

namespace Candeia.Tests;

/// <summary>Complex numbers: arithmetic as that of System.Numerics, gradients as in PyTorch.</summary>
public class ComplexTests
{
    static readonly Complex[] s_a = [new(1, 2), new(-3, 0.5), new(0, -1)], s_b = [new(2, -1), new(0.5, 0.25), new(-4, 3)];

    static Tensor A(DType dtype) => Tensor.From(s_a).To(dtype);

    static Tensor B(DType dtype) => Tensor.From(s_b).To(dtype);

    static void Close(IEnumerable<Complex> expected, Tensor actual, double tolerance = 1e-6)
    {
        var got = actual.ToArray<Complex>();
        Assert.All(expected.Zip(got), pair => Assert.True(Complex.Abs(pair.First - pair.Second) <= tolerance * Math.Max(1, Complex.Abs(pair.First)), $"{pair.Second}, not {pair.First}"));
    }

    [Theory]
    [InlineData(DType.Complex64)]
    [InlineData(DType.Complex128)]
    public void Signs_are_directions(DType dtype)
    {
        Tensor a = Tensor.Cat([A(dtype), Tensor.Zeros([1], dtype)], 0);
        Close([.. s_a.Select(x => x / x.Magnitude), 0], a.Sgn());
        Assert.Equal(dtype, a.Sgn().DType);
        a.RequiresGrad = true;
        a.Sgn().Real().Sum().Backward();
        Close([.. s_a.Select(x => (1 - x / x.Magnitude * (x / x.Magnitude).Real) / x.Magnitude), 0], a.Grad!);
        Assert.Equal([-1L, 0, 1], Tensor.From([-5L, 0, 3]).Sgn().ToArray<long>());
        Assert.True(double.IsNaN(Tensor.From([double.NaN]).Sgn().Item()));
    }

    [Fact]
    public void Numbers_without_an_imaginary_part_are_real()
    {
        Assert.Equal([false, true, false], Tensor.From([new Complex(1, 2), new(3, 0), new(0, -1)]).IsReal().ToArray<bool>());
        Assert.Equal([true, true], Tensor.From([1, double.NaN]).IsReal().ToArray<bool>());
        Assert.Equal([true], Tensor.From([true]).IsReal().ToArray<bool>());
        Assert.Equal([0, 2], Tensor.Empty([0, 2], DType.Int64).IsReal().Shape);
    }

    [Theory]
    [InlineData(DType.Complex64)]
    [InlineData(DType.Complex128)]
    public void Arithmetic(DType dtype)
    {
        Tensor a = A(dtype), b = B(dtype);
        Close(s_a.Zip(s_b, (x, y) => x + y), a + b);
        Close(s_a.Zip(s_b, (x, y) => x - y), a - b);
        Close(s_a.Zip(s_b, (x, y) => x * y), a * b);
        Close(s_a.Zip(s_b, (x, y) => x / y), a / b);
        Close(s_a.Zip(s_b, Complex.Pow), a.Pow(b));
        Close(s_a.Select(x => -x), -a);
        Close(s_a.Select(Complex.Conjugate), a.Conj());
        Close([s_a[0] + s_a[1] + s_a[2]], a.Sum());
        Close([s_a[0] * s_a[1] * s_a[2]], a.Prod());
        Close([(s_a[0] + s_a[1] + s_a[2]) / 3], a.Mean());
        Close([s_a[0], s_a[0] + s_a[1], s_a[0] + s_a[1] + s_a[2]], a.Cumsum(0));
        Close([s_a[0] * s_b[0] + s_a[1] * s_b[1] + s_a[2] * s_b[2]], a.MatMul(b));
        Assert.Equal(dtype, (a * 2.5).DType);
        Assert.Equal(dtype.Real(), a.Abs().DType);
        Close(s_a.Select(x => (Complex)x.Magnitude), a.Abs());
        Close(s_a.Select(x => (Complex)x.Phase), a.Angle());
        Close(s_a.Select(x => (Complex)x.Real), a.Real());
        Close(s_a.Select(x => (Complex)x.Imaginary), a.Imag());
        Close(s_a, Tensor.Complex(a.Real(), a.Imag()), 0);
        Assert.Equal([true, false, false], a.Eq(Tensor.From([s_a[0], s_b[1], 0]).To(dtype)).ToArray<bool>());
        Assert.Equal(new Complex(-3, 0.5), (Complex)a[1]);
        Assert.Equal(3.0413812651491097, a[1].Norm().Item(), 1e-6);
    }

    [Fact]
    public void What_has_no_meaning_is_refused()
    {
        var a = A(DType.Complex64);
        Assert.Contains("real numbers", Assert.Throws<ArgumentException>(() => a > 0).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => a.Max());
        Assert.Throws<ArgumentException>(() => a.Sort());
        Assert.Throws<ArgumentException>(() => a.Maximum(a));
        Assert.Throws<ArgumentException>(() => a.Erf());
        Assert.Throws<ArgumentException>(() => a.Floor());
        Assert.Throws<ArgumentException>(() => a[0].Item());
        Assert.Throws<ArgumentException>(() => (double)a[0]);
        Assert.Throws<ArgumentException>(() => Tensor.Ones([2]).Imag());
    }

    /// <summary>The gradient is that with respect to the conjugate: a step against it makes a real loss smaller.</summary>
    [Fact]
    public void Gradients_point_uphill()
    {
        foreach (var f in new Func<Tensor, Tensor>[]
        {
            z => (z * z).Abs(), z => (z / (z + 5)).Real(), z => (z * z.Conj()).Real(), z => z.Angle(), z => z.Pow(new Complex(1.5, 0.5)).Imag(), z => (1 / z).Imag(), z => z.Prod().Real(), z => z.Cumsum(0).Abs(),
            z => z.Reshape(1, 3).MatMul(z.Reshape(3, 1) * new Complex(0, 2)).Real(), z => z.Real() * 3, z => Tensor.Cat([z, z.Conj()])[1..].Flip(0).Abs(), z => z.IndexSelect(0, Tensor.From([2L, 2])).Abs(),
        })
        {
            var z = A(DType.Complex128);
            z.RequiresGrad = true;
            var g = Autograd.Gradients(f(z).Sum(), [z])[0].ToArray<Complex>();
            const double h = 1e-6;
            for (int i = 0; i < s_a.Length; i++)
            {
                double At(Complex step)
                {
                    Complex[] moved = [.. s_a];
                    moved[i] += step;
                    return f(Tensor.From(moved)).Sum().Item();
                }
                Complex slope = new((At(h) - At(-h)) / (2 * h), (At(h * Complex.ImaginaryOne) - At(-h * Complex.ImaginaryOne)) / (2 * h));
                Assert.True(Complex.Abs(slope - g[i]) < 1e-5 * Math.Max(1, Complex.Abs(slope)), $"element {i}: {g[i]}, not {slope}");
            }
        }
    }

    [Fact]
    public void Real_inputs_of_complex_results_get_real_gradients()
    {
        var x = Tensor.From([1.0, 2]);
        x.RequiresGrad = true;
        (x * new Complex(0, 2)).Abs().Sum().Backward();
        Assert.Equal(DType.Float64, x.Grad!.DType);
        Assert.Equal([2, 2], x.Grad.ToArray<double>());
    }

    [Fact]
    public void An_op_without_a_complex_derivative_says_so()
    {
        var z = A(DType.Complex64);
        z.RequiresGrad = true;
        Assert.Contains("no derivative for complex numbers", Assert.Throws<NotSupportedException>(() => new UnknownOp().Apply(z)).Message, StringComparison.Ordinal);
        using var _ = Autograd.NoGrad();
        Assert.Equal(3, new UnknownOp().Apply(z).Numel);
    }

    sealed record UnknownOp : Op
    {
        public Tensor Apply(Tensor x) => Run(x.Shape, x.DType, x);

        protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => outputs[0].CopyFrom(x[0]);
    }

    /// <summary>On a cut the sign of a zero decides, as in C; and nothing cancels near zero or far away.</summary>
    [Theory]
    [InlineData("asin", 2.0, 0.0, 1.5707963267948966, 1.3169578969248166)]
    [InlineData("asin", 2.0, -0.0, 1.5707963267948966, -1.3169578969248166)]
    [InlineData("acos", 2.0, 0.0, 0.0, -1.3169578969248166)]
    [InlineData("acos", 2.0, -0.0, 0.0, 1.3169578969248166)]
    [InlineData("acos", -2.0, 0.0, 3.141592653589793, -1.3169578969248166)]
    [InlineData("acos", -2.0, -0.0, 3.141592653589793, 1.3169578969248166)]
    [InlineData("acosh", 0.5, 0.0, 0.0, 1.0471975511965979)]
    [InlineData("acosh", -2.0, -0.0, 1.3169578969248166, -3.141592653589793)]
    [InlineData("asinh", 0.0, 2.0, 1.3169578969248166, 1.5707963267948966)]
    [InlineData("asinh", -0.0, 2.0, -1.3169578969248166, 1.5707963267948966)]
    [InlineData("atanh", 2.0, 0.0, 0.5493061443340549, 1.5707963267948966)]
    [InlineData("atanh", 2.0, -0.0, 0.5493061443340549, -1.5707963267948966)]
    [InlineData("atan", 0.0, 2.0, 1.5707963267948966, 0.5493061443340549)]
    [InlineData("atan", -0.0, 2.0, -1.5707963267948966, 0.5493061443340549)]
    [InlineData("atanh", 1e-20, 1e-20, 1e-20, 1e-20)]
    [InlineData("atan", 1e-20, -1e-20, 1e-20, -1e-20)]
    [InlineData("atanh", 1e+200, 1e+200, 5e-201, 1.5707963267948966)]
    [InlineData("asin", 1e+200, -1e+200, 0.7853981633974483, -461.55673936964905)]
    [InlineData("acos", 1e-09, 1.0, 1.5707963260877897, -0.881373587019543)]
    [InlineData("asinh", 1e-300, 1e-09, 1e-300, 1e-09)]
    [InlineData("acosh", 1.0000001, 1e-09, 0.00044721918189912977, 2.2360399713181758e-06)]
    [InlineData("log2", -8.0, 0.0, 3.0, 4.532360141827194)]
    [InlineData("log2", -8.0, -0.0, 3.0, -4.532360141827194)]
    [InlineData("log10", -100.0, 0.0, 2.0, 1.3643763538418412)]
    [InlineData("log", 1.0, 1E-10, 5E-21, 1E-10)]
    public void Inverse_functions_have_the_branches_of_C(string name, double x, double y, double real, double imaginary)
    {
        Tensor z = Tensor.From([new Complex(x, y)]);
        var w = (name switch
        {
            "asin" => z.Asin(), "acos" => z.Acos(), "asinh" => z.Asinh(), "acosh" => z.Acosh(), "atan" => z.Atan(), "atanh" => z.Atanh(),
            "log2" => z.Log2(), "log10" => z.Log10(), _ => z.Log(),
        }).ToArray<Complex>()[0];
        Assert.Equal(real, w.Real, Math.Abs(real) * 4e-16);
        Assert.Equal(imaginary, w.Imaginary, Math.Abs(imaginary) * 4e-16);
        Assert.Equal(double.IsNegative(imaginary), double.IsNegative(w.Imaginary));
    }

    [Fact]
    public void Inverse_functions_have_derivatives_in_the_whole_plane()
    {
        var x = Tensor.Randn([12, 2], DType.Float64, new Generator(4));
        x.RequiresGrad = true;
        foreach (var f in new Func<Tensor, Tensor>[] { t => t.Asin(), t => t.Acos(), t => t.Asinh(), t => t.Acosh(), t => t.Atan(), t => t.Atanh(), t => t.Log2(), t => t.Log10(), t => t.Exp2() })
            Autograd.GradCheck(t => [f(t[0].ViewAsComplex()).ViewAsReal()], [x]);
    }
}
