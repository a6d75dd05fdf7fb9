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
}
