using System.Globalization;
using System.Numerics;

namespace Candeia;

/// <summary>How the numbers of one tensor are written, so that they align.</summary>
internal abstract record NumberFormat(int Width, double Factor)
{
    /// <summary>The element at a position in the memory, aligned.</summary>
    public string Of(Tensor x, long position) => Text(x, position).PadLeft(Width);

    /// <summary>The same of a single number, which needs no alignment.</summary>
    public virtual string Alone(Tensor x, long position) => Text(x, position);

    protected abstract string Text(Tensor x, long position);

    /// <summary>What suits all elements of a tensor of this process.</summary>
    public static NumberFormat For(Tensor x) =>
        x.DType.IsComplex() ? ComplexFormat.For(x) : x.DType.IsFloatingPoint() ? new FractionFormat(Decimals.For(x.ToArray<double>(), factors: true)) : WholeFormat.For(x);

    /// <summary>Whole numbers, exactly.</summary>
    sealed record WholeFormat(int Width) : NumberFormat(Width, 1)
    {
        public new static WholeFormat For(Tensor x)
        {
            long[] values = x.ToArray<long>();
            int longest = values.Length == 0 ? 1 : Math.Max(Length(values.Min()), Length(values.Max()));
            return new(Array.Exists(values, v => v < 0) ? longest : longest + 1);
        }

        static int Length(long value) => value.ToString(CultureInfo.InvariantCulture).Length;

        protected override string Text(Tensor x, long position) => x.GetNumber<long>(position).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Numbers with fractions.</summary>
    sealed record FractionFormat(Decimals Decimals) : NumberFormat(Decimals.Width, Decimals.Factor)
    {
        protected override string Text(Tensor x, long position) => Decimals.Text(x.GetNumber(position));

        public override string Alone(Tensor x, long position) => Decimals.Alone(x.GetNumber(position));
    }

    /// <summary>Complex numbers as PyTorch writes them: <c>1.0000+2.0000j</c>.</summary>
    sealed record ComplexFormat(Decimals Real, Decimals Imaginary) : NumberFormat(Real.Width + Imaginary.Width + 1, 1)
    {
        public new static ComplexFormat For(Tensor x)
        {
            var values = x.ToArray<Complex>();
            return new(Decimals.For(Array.ConvertAll(values, z => z.Real), factors: false), Decimals.For(Array.ConvertAll(values, z => z.Imaginary), factors: false));
        }

        protected override string Text(Tensor x, long position) => Joined(x, position, Real.Text, Imaginary.Text);

        public override string Alone(Tensor x, long position) => Joined(x, position, Real.Alone, Imaginary.Alone);

        static string Joined(Tensor x, long position, Func<double, string> real, Func<double, string> imaginary)
        {
            var z = x.GetNumber<Complex>(position);
            string part = imaginary(z.Imaginary);
            return $"{real(z.Real)}{(part.StartsWith('-') ? "" : "+")}{part}j";
        }
    }
}

/// <summary>How numbers with fractions are written: as many decimals for all, perhaps divided by a common factor.</summary>
internal readonly record struct Decimals(int Width, string Format, double Factor)
{
    public static Decimals For(double[] values, bool factors)
    {
        double[] finite = [.. values.Where(double.IsFinite).Select(Math.Abs)];
        int least = Exponent(finite.Length == 0 ? 1 : finite.Min()), most = Exponent(finite.Length == 0 ? 1 : finite.Max());
        bool extreme = Math.Abs(most) > 99 || Math.Abs(least) > 99;
        if (Array.TrueForAll(finite, double.IsInteger)) return most > 9 ? new(11, "0.0000e+00", 1) : new(Math.Max(most + 1, finite.Length < values.Length ? 3 : 0), "0", 1);
        if (most - least > 4 || !factors && most is > 5 or < 0) return new(extreme ? 12 : 11, "0.0000e+00", 1);
        if (most is > 5 or < 0) return new(7, "F4", Math.Pow(10, most - 1));
        return new(most == 0 ? 7 : most + 6, "F4", 1);
    }

    static int Exponent(double value) => value == 0 ? 1 : (int)Math.Floor(Math.Log10(value)) + 1;

    public string Alone(double value) => double.IsFinite(value) ? value.ToString("G6", CultureInfo.InvariantCulture) : Text(value);

    public string Text(double value) =>
        double.IsNaN(value) ? "nan" : double.IsInfinity(value) ? value > 0 ? "inf" : "-inf" : (value / Factor).ToString(Format, CultureInfo.InvariantCulture);
}
