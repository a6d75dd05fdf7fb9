using System.Numerics;

namespace Candeia;

/// <summary>A complex number of two floats. Made to be stored: convert to <see cref="Complex"/> to compute.</summary>
/// <param name="Real">The real part.</param>
/// <param name="Imaginary">The imaginary part.</param>
public readonly record struct Complex64(float Real, float Imaginary)
{
    /// <summary>The same number, exactly.</summary>
    public static implicit operator Complex(Complex64 x) => new(x.Real, x.Imaginary);

    /// <summary>The nearest number.</summary>
    public static explicit operator Complex64(Complex x) => new((float)x.Real, (float)x.Imaginary);
}
