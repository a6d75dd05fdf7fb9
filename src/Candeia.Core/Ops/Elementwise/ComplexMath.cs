using System.Numerics;

namespace Candeia;

/// <summary>
/// Functions of the complex plane, with C's branches: on a cut, the sign of a zero says from which side it is come to. Each is computed where both
/// parts are
/// positive, without cancellation, and turned from there.
/// </summary>
internal static class ComplexMath
{
    /// <summary>The natural logarithm, exact near the unit circle too.</summary>
    public static Complex Log(Complex z)
    {
        double x = Math.Abs(z.Real), y = Math.Abs(z.Imaginary), large = Math.Max(x, y), small = Math.Min(x, y);
        double size = large is > 0.5 and < 2 ? LogP1((large - 1) * (large + 1) + small * small) / 2 : Math.Log(Complex.Abs(z));
        return new(size, Math.Atan2(z.Imaginary, z.Real));
    }

    /// <summary>The angle whose sine is z; cuts beyond −1 and 1.</summary>
    public static Complex Asin(Complex z)
    {
        var w = Complex.Asin(Positive(z));
        return new(Math.CopySign(w.Real, z.Real), Math.CopySign(w.Imaginary, z.Imaginary));
    }

    /// <summary>The angle whose cosine is z; cuts beyond −1 and 1.</summary>
    public static Complex Acos(Complex z)
    {
        var w = Complex.Acos(Positive(z));
        return new(double.IsNegative(z.Real) ? Math.PI - w.Real : w.Real, -Math.CopySign(w.Imaginary, z.Imaginary));
    }

    /// <summary>The number whose hyperbolic sine is z; cuts beyond −i and i.</summary>
    public static Complex Asinh(Complex z) => Turned(Asin(new(-z.Imaginary, z.Real)));

    /// <summary>The number with a real part from 0 on whose hyperbolic cosine is z; a cut below 1.</summary>
    public static Complex Acosh(Complex z)
    {
        var w = Acos(z);
        return new(Math.Abs(w.Imaginary), Math.CopySign(w.Real, z.Imaginary));
    }

    /// <summary>The angle whose tangent is z; cuts beyond −i and i.</summary>
    public static Complex Atan(Complex z) => Turned(Atanh(new(-z.Imaginary, z.Real)));

    /// <summary>The number whose hyperbolic tangent is z; cuts beyond −1 and 1.</summary>
    public static Complex Atanh(Complex z)
    {
        double x = Math.Abs(z.Real), y = Math.Abs(z.Imaginary), real, imaginary;
        if (Math.Max(x, y) > 1e100)                                          // 1/z, and a right angle
        {
            double scale = Math.Max(x, y), a = x / scale, b = y / scale;
            real = double.IsInfinity(scale) ? 0 : a / (a * a + b * b) / scale;
            imaginary = Math.PI / 2;
        }
        else
        {
            real = LogP1(4 * x / ((1 - x) * (1 - x) + y * y)) / 4;
            imaginary = Math.Atan2(2 * y, (1 - x) * (1 + x) - y * y) / 2;
        }
        return new(Math.CopySign(real, z.Real), Math.CopySign(imaginary, z.Imaginary));
    }

    static Complex Positive(Complex z) => new(Math.Abs(z.Real), Math.Abs(z.Imaginary));

    /// <summary>−i·z.</summary>
    static Complex Turned(Complex z) => new(z.Imaginary, -z.Real);

    static double LogP1(double x) => Log1pOp.Exact(x, double.LogP1(x));
}
