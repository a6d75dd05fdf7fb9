using System.Numerics.Tensors;

namespace Candeia;

/// <summary>The nearest number with so many decimals; a half goes to the even one.</summary>
/// <param name="Decimals">How many; below 0, zeros in front of the point.</param>
public sealed record RoundOp(int Decimals = 0) : FloatOp
{
    /// <inheritdoc/>
    public override Formula? Formula => Decimals == 0 ? new("rint(a)")
        : new(Decimals > 0 ? "rint(a * k0) / k0" : "rint(a / k0) * k0", Math.Pow(10, Math.Abs(Decimals)));

    /// <inheritdoc/>
    protected override void Map<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        if (Decimals == 0)
        {
            TensorPrimitives.Round(x, y);
            return;
        }
        T unit = T.CreateTruncating(Math.Pow(10, Math.Abs(Decimals)));       // whole, and so exact where the quotient of two is not
        if (Decimals > 0) TensorPrimitives.Multiply(x, unit, y);
        else TensorPrimitives.Divide(x, unit, y);
        TensorPrimitives.Round(y, y);
        if (Decimals > 0) TensorPrimitives.Divide(y, unit, y);
        else TensorPrimitives.Multiply(y, unit, y);
    }

    /// <inheritdoc/>
    protected override Tensor Backward(Tensor x, Tensor y, Tensor grad) => Tensor.ZerosLike(grad);
}

public static partial class TensorOps
{
    /// <summary>The nearest number with so many decimals, element by element; a half goes to the even one. Integers are whole already.</summary>
    /// <param name="x">The values.</param>
    /// <param name="decimals">How many decimals stay; −2 rounds to hundreds.</param>
    /// <exception cref="ArgumentException">Whole numbers are to be rounded to tens or more; or the elements are complex.</exception>
    /// <example><code>Tensor x = [1.25, 2.5]; var y = x.Round();                        // [1, 2]</code></example>
    public static Tensor Round(this Tensor x, int decimals = 0)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.DType.HasGradients()) return new RoundOp(decimals).Apply(x);
        return decimals == 0 ? x : throw new ArgumentException($"Decimals of {x.DType} are not rounded; convert with To(DType.{Tensor.DefaultDType}).");
    }
}
