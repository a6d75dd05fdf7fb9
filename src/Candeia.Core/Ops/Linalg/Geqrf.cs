using Candeia.Kernels;

namespace Candeia;

/// <summary>The reflections that make a matrix an upper triangle: R above, their vectors below the diagonal, and their factors. It has no derivative.</summary>
public sealed record GeqrfOp : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op.</summary>
    public (Tensor A, Tensor Tau) Apply(Tensor a)
    {
        Matrices.Real(Matrices.Any(a, "Geqrf"), "Geqrf");
        var results = Run([new(a.Shape, a.DType), new(Matrices.With(Matrices.Batch(a), Math.Min(a.Shape[^1], a.Shape[^2])), a.DType)], a);
        return (results[0], results[1]);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        LinalgCalls.RunReal(new GeqrfKernel(), Matrices.Batch(x[0]), [2, 2, 1], x[0], outputs[0], outputs[1]);
}

public static partial class Linalg
{
    /// <summary>The factors of <see cref="Qr"/> as LAPACK keeps them: R above and on the diagonal, below it vectors v of reflections I − τ·v·vᵀ, whose product is Q.</summary>
    /// <param name="a">Matrices, the last two dimensions of a tensor of any number of them.</param>
    /// <returns>Both in one matrix [..., m, n], and the factors τ, [..., k], where k is the smaller of m and n. No gradient flows.</returns>
    /// <exception cref="ShapeException">The tensor has fewer than two dimensions.</exception>
    /// <example><code>
    /// var (a, tau) = Linalg.Geqrf([[3.0, 1], [4, 2]]);
    /// var q = Linalg.HouseholderProduct(a, tau);
    /// </code></example>
    public static (Tensor A, Tensor Tau) Geqrf(this Tensor a) => new GeqrfOp().Apply(a);

    /// <summary>The product of Q, given as <see cref="Geqrf"/> gives it, with other matrices, without Q itself.</summary>
    /// <param name="a">Vectors v as columns, [..., m, k]: 1 on the diagonal and 0 above, whatever stands there.</param>
    /// <param name="tau">Factors τ, [..., k].</param>
    /// <param name="other">The other matrices, [..., m, n] on the right of Q, or [..., n, m] on its left.</param>
    /// <param name="left">Whether Q stands on the left.</param>
    /// <param name="transpose">Whether Q is transposed.</param>
    /// <exception cref="ShapeException">The sizes do not fit.</exception>
    /// <example><code>
    /// var (a, tau) = Linalg.Geqrf([[3.0, 1], [4, 2]]);
    /// var r = Linalg.Ormqr(a, tau, [[3.0, 1], [4, 2]], transpose: true);
    /// </code></example>
    public static Tensor Ormqr(Tensor a, Tensor tau, Tensor other, bool left = true, bool transpose = false)
    {
        Matrices.Any(a, nameof(Ormqr));
        Matrices.Any(other, nameof(Ormqr));
        ArgumentNullException.ThrowIfNull(tau);
        if (!left) return Ormqr(a, tau, other.Transpose(-1, -2), left: true, !transpose).Transpose(-1, -2);
        int m = a.Shape[^2], k = tau.Rank == 0 ? -1 : tau.Shape[^1];
        if (k < 0 || k > a.Shape[^1] || k > m || other.Shape[^2] != m)
            throw new ShapeException($"Ormqr of {a.Shape} needs at most {Math.Min(m, a.Shape[^1])} factors and {m} rows, not {tau.Shape} and {other.Shape}.");
        var vectors = a.Narrow(-1, 0, k).Tril(-1) + Tensor.Eye(m, k, a.DType, a.Device);
        for (int step = 0; step < k; step++)
        {
            int i = transpose ? step : k - 1 - step;                         // Q applies the last reflection first
            var v = vectors.Narrow(-1, i, 1);
            other -= tau.Narrow(-1, i, 1).Unsqueeze(-1) * v.MatMul(v.Adjoint().MatMul(other));
        }
        return other;
    }
}
