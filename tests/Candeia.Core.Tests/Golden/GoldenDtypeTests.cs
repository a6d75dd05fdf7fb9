using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Candeia.Tests;

/// <summary>Values in half precision, small integers and complex numbers, and complex gradients, against PyTorch's.</summary>
public class GoldenDtypeTests
{
    static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> s_ops = new()
    {
        ["add"] = (a, b) => a + b, ["sub"] = (a, b) => a - b, ["mul"] = (a, b) => a * b, ["div"] = (a, b) => a / b, ["maximum"] = (a, b) => a.Maximum(b),
        ["floor_divide"] = (a, b) => a.FloorDivide(b), ["remainder"] = (a, b) => a.Remainder(b), ["fmod"] = (a, b) => a.Fmod(b), ["gt"] = (a, b) => a > b,
        ["number"] = (a, b) => a.DType.IsComplex() ? a * new Complex(1, -2) + 0.5 : a * 0.3 + 2, ["sum"] = (a, b) => a.Sum(), ["cumsum"] = (a, b) => a.Cumsum(0),
        ["prod"] = (a, b) => a.DType.IsComplex() ? a[..4].Prod() : b.Prod(), ["amin"] = (a, b) => a.Amin(), ["argsort"] = (a, b) => a.ArgSort(), ["abs"] = (a, b) => a.Abs(),
        ["pow"] = (a, b) => a.DType.IsComplex() ? a.Pow(b) : a.Pow(2), ["exp"] = (a, b) => a.Exp(), ["sigmoid"] = (a, b) => a.Sigmoid(), ["tanh"] = (a, b) => a.Tanh(),
        ["softmax"] = (a, b) => a.Softmax(0), ["mean"] = (a, b) => a.Mean(), ["std"] = (a, b) => a.Std(), ["norm"] = (a, b) => a.Norm(), ["log"] = (a, b) => b.Log(), ["rsqrt"] = (a, b) => b.Rsqrt(),
        ["matmul"] = (a, b) => a.Reshape(4, 5).MatMul(b.Reshape(5, 4)), ["power"] = (a, b) => b.Pow(a), ["angle"] = (a, b) => a.Angle(), ["real"] = (a, b) => a.Real(), ["imag"] = (a, b) => a.Imag(),
        ["conj"] = (a, b) => a.Conj(), ["eq"] = (a, b) => a.Eq(a.Conj()), ["var"] = (a, b) => a.Var(),
    };

    /// <summary>Functions of the complex plane.</summary>
    static readonly Dictionary<string, Func<Tensor, Tensor>> s_functions = new()
    {
        ["exp"] = z => z.Exp(), ["log"] = z => z.Log(), ["sqrt"] = z => z.Sqrt(), ["rsqrt"] = z => z.Rsqrt(), ["reciprocal"] = z => z.Reciprocal(),
        ["sin"] = z => z.Sin(), ["cos"] = z => z.Cos(), ["tan"] = z => z.Tan(), ["atan"] = z => z.Atan(),
        ["sinh"] = z => z.Sinh(), ["cosh"] = z => z.Cosh(), ["tanh"] = z => z.Tanh(), ["sigmoid"] = z => z.Sigmoid(),
        ["asin"] = z => z.Asin(), ["acos"] = z => z.Acos(), ["asinh"] = z => z.Asinh(), ["acosh"] = z => z.Acosh(), ["atanh"] = z => z.Atanh(),
        ["log2"] = z => z.Log2(), ["log10"] = z => z.Log10(),
    };

    static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> s_losses = new()
    {
        ["product"] = (a, b) => (a * b).Abs().Sum(), ["quotient"] = (a, b) => (a / b).Real().Sum(), ["power"] = (a, b) => a.Pow(b).Imag().Sum(), ["angle"] = (a, b) => (a * b).Angle().Sum(),
        ["prod"] = (a, b) => a[..4].Prod().Abs() * b.Sum().Real(), ["matmul"] = (a, b) => a.Reshape(4, 5).MatMul(b.Reshape(5, 4)).Imag().Sum(), ["conj"] = (a, b) => (a.Conj() * b.Real()).Imag().Sum(),
        ["var"] = (a, b) => (a * b).Var(), ["std"] = (a, b) => (a * b).Std(), ["norm"] = (a, b) => (a * b).Norm(), ["mean"] = (a, b) => (a * b).Mean().Abs(),
        ["cumsum"] = (a, b) => (a.Cumsum(0) * b).Imag().Sum(),
    };

    public static TheoryData<string> Types => [.. Golden.Json("dtypes").EnumerateObject().Select(t => t.Name)];

    static double[] Numbers(JsonElement text) => [.. text.GetString()!.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture))];

    static Tensor Read(JsonElement text, DType dtype)
    {
        double[] values = Numbers(text);
        return dtype.IsComplex() ? Tensor.From([.. Enumerable.Range(0, values.Length / 2).Select(i => new Complex(values[2 * i], values[2 * i + 1]))]).To(dtype) : Tensor.From(values).To(dtype);
    }

    static double[] Flat(Tensor x) => x.DType.IsComplex() ? [.. x.ToArray<Complex>().SelectMany(z => new[] { z.Real, z.Imaginary })] : x.ToArray<double>();

    /// <summary>How far apart a rounding of both may lead: whole numbers are exact.</summary>
    static double Tolerance(DType dtype) => !dtype.HasGradients() ? 0 : dtype.Real() is DType.Float64 ? 1e-12 : dtype.Real() is DType.Float32 ? 2e-6 : Finfo.Of(dtype).Eps;

    [Theory]
    [MemberData(nameof(Types))]
    public void Values_are_those_of_PyTorch(string type)
    {
        var golden = Golden.Json("dtypes").GetProperty(type);
        var dtype = DTypes.Named(type);
        Tensor a = Read(golden.GetProperty("a"), dtype), b = Read(golden.GetProperty("b"), dtype);
        List<string> wrong = [];
        foreach (var op in golden.GetProperty("ops").EnumerateObject())
        {
            var y = dtype.IsComplex() && s_functions.TryGetValue(op.Name, out var f) ? f(a) : s_ops[op.Name](a, b);
            double[] expected = Numbers(op.Value.GetProperty("values")), got = Flat(y);
            if (y.DType.Name() != op.Value.GetProperty("dtype").GetString()) wrong.Add($"{op.Name} is {y.DType.Name()}");
            double scale = Tolerance(y.DType), largest = expected.Max(Math.Abs);
            for (int i = 0; i < expected.Length; i++)
                if (!(Math.Abs(expected[i] - got[i]) <= scale * Math.Max(dtype.IsComplex() ? largest : Math.Abs(expected[i]), 1e-3))) wrong.Add($"{op.Name}[{i}] is {got[i]}, not {expected[i]}");
        }
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Theory]
    [InlineData("complex64")]
    [InlineData("complex128")]
    public void Complex_gradients_are_those_of_PyTorch(string type)
    {
        var golden = Golden.Json("dtypes").GetProperty(type);
        var dtype = DTypes.Named(type);
        foreach (var loss in golden.GetProperty("gradients").EnumerateObject())
        {
            Tensor a = Read(golden.GetProperty("a"), dtype), b = Read(golden.GetProperty("b"), dtype);
            a.RequiresGrad = b.RequiresGrad = true;
            (s_functions.TryGetValue(loss.Name, out var f) ? (f(a) * b).Imag().Sum() : s_losses[loss.Name](a, b)).Backward();
            foreach (var (name, x) in new[] { ("a", a), ("b", b) })
            {
                double[] expected = Numbers(loss.Value.GetProperty(name)), got = Flat(x.Grad!);
                double scale = 4 * Tolerance(dtype) * expected.Max(Math.Abs);
                for (int i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - got[i]) <= scale, $"{loss.Name}, {name}[{i}]: {got[i]}, not {expected[i]}");
            }
        }
    }
}
