namespace Candeia;

public static partial class TensorOps
{
    /// <summary>Complex numbers as pairs of real ones, in a last dimension of size 2. The values are copied.</summary>
    /// <param name="x">Complex numbers of any shape.</param>
    /// <exception cref="ArgumentException">The numbers are real.</exception>
    /// <example><code>var pairs = Tensor.Polar([1f], [0f]).ViewAsReal();                  // [[1, 0]]</code></example>
    public static Tensor ViewAsReal(this Tensor x) => Tensor.Stack([x.Imag() is var imaginary ? x.Real() : x, imaginary], -1);

    /// <summary>Pairs of real numbers, in a last dimension of size 2, as complex ones. The values are copied.</summary>
    /// <param name="x">Real numbers, [..., 2].</param>
    /// <exception cref="ShapeException">The last dimension is not of size 2.</exception>
    /// <example><code>Tensor x = [[3f, 4f]]; var z = x.ViewAsComplex();                   // [3 + 4i]</code></example>
    public static Tensor ViewAsComplex(this Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == 0 || x.Shape[^1] != 2) throw new ShapeException($"ViewAsComplex takes pairs, [..., 2], not {x.Shape}.");
        return Tensor.Complex(x.Select(-1, 0), x.Select(-1, 1));
    }
}

public sealed partial class Tensor
{
    /// <summary>Complex numbers of absolute values and angles, which broadcast.</summary>
    /// <param name="abs">The absolute values.</param>
    /// <param name="angle">The angles, in radians.</param>
    /// <exception cref="ArgumentException">The numbers are complex, or of two types.</exception>
    /// <example><code>var z = Tensor.Polar([2f], [0f]);                                   // [2]</code></example>
    public static Tensor Polar(Tensor abs, Tensor angle)
    {
        ArgumentNullException.ThrowIfNull(abs);
        ArgumentNullException.ThrowIfNull(angle);
        TensorOps.Alike(abs, angle, nameof(Polar));
        return Complex(abs * angle.Cos(), abs * angle.Sin());
    }
}
