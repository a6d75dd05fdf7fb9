using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// The lower triangle L of A = L·Lᴴ, and which minor of A was not positive, counted from 1, or 0. Only the lower triangle of A is read.
/// </summary>
/// <param name="Check">Whether a matrix that is not positive definite is refused.</param>
public sealed record CholeskyOp(bool Check = true) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <summary>Applies the op.</summary>
    public (Tensor L, Tensor Info) Apply(Tensor a)
    {
        Matrices.Square(a, "Cholesky");
        var results = Run([new(a.Shape, a.DType), new(Matrices.Batch(a), DType.Int32)], a);
        return (results[0], results[1]);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var batch = Matrices.Batch(x[0]);
        if (x[0].DType.IsComplex()) LinalgCalls.RunComplex(new ComplexCholeskyKernel(), batch, [2, 2, 0], x[0], outputs[0], outputs[1]);
        else LinalgCalls.RunReal(new CholeskyKernel(), batch, [2, 2, 0], x[0], outputs[0], outputs[1]);
        if (Check) Matrices.Refuse(outputs[1], "Cholesky", minor => $"is not positive definite: its leading minor of order {minor} is not.");
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, ReadOnlySpan<Tensor?> grads)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (grads[0] is not { } grad) return [null];
        var l = node.Outputs[0];
        var half = l.Adjoint().MatMul(grad).LowerHalf();
        var both = (half + half.Adjoint()) * 0.5;
        return [Linalg.SolveTriangular(l.Adjoint(), both, upper: true).RightSolve(l, upper: false)];
    }
}

public static partial class Linalg
{
    /// <summary>
    /// The lower triangle L of A = L·Lᴴ, of symmetric (or Hermitian) positive definite matrices [..., n, n]; or the upper one of A = Uᴴ·U.
    /// </summary>
    /// <param name="a">The matrices, of which only the lower triangle is read, or with <paramref name="upper"/> the upper one.</param>
    /// <param name="upper">Whether U is wanted.</param>
    /// <exception cref="LinalgException">A matrix is not positive definite; the message says which.</exception>
    /// <example><code>
    /// var l = Linalg.Cholesky([[4.0, 2], [2, 5]]);                               // [[2, 0], [1, 2]]
    /// </code></example>
    public static Tensor Cholesky(this Tensor a, bool upper = false) => Factor(a, upper, check: true).L;

    /// <summary>The same as <see cref="Cholesky"/> without a check: the second result says which leading minor is not positive, counted from 1, or 0.</summary>
    /// <param name="a">Matrices, the last two dimensions of a tensor of any number of them.</param>
    /// <param name="upper">Whether the upper triangle is meant, not the lower one.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>var (l, info) = Linalg.CholeskyEx([[4.0, 2], [2, 5]]);</code></example>
    public static (Tensor L, Tensor Info) CholeskyEx(this Tensor a, bool upper = false) => Factor(a, upper, check: false);

    static (Tensor L, Tensor Info) Factor(Tensor a, bool upper, bool check)
    {
        if (!upper) return new CholeskyOp(check).Apply(a);
        var (l, info) = new CholeskyOp(check).Apply(Matrices.Square(a, nameof(Cholesky)).Adjoint());
        return (l.Adjoint(), info);
    }

    /// <summary>The inverse of L·Lᴴ (or Uᴴ·U), from what <see cref="Cholesky"/> gives.</summary>
    /// <param name="l">The factors, [..., n, n], as Cholesky gives them.</param>
    /// <param name="upper">Whether the upper triangle is meant, not the lower one.</param>
    /// <example><code>var inverse = Linalg.CholeskyInverse([[2.0, 0], [1, 2]]);</code></example>
    public static Tensor CholeskyInverse(Tensor l, bool upper = false) =>
        CholeskySolve(Matrices.Identity(Matrices.Square(l, nameof(CholeskyInverse)).Shape[^1], l), l, upper);

    /// <summary>X of L·Lᴴ·X = B (or Uᴴ·U·X = B), from what <see cref="Cholesky"/> gives.</summary>
    /// <param name="b">Right-hand sides, [..., n, k].</param>
    /// <param name="l">The factor, [..., n, n].</param>
    /// <param name="upper">Whether it is the upper one.</param>
    /// <example><code>var x = Linalg.CholeskySolve([[1.0], [2]], [[2.0, 0], [1, 2]]);</code></example>
    public static Tensor CholeskySolve(Tensor b, Tensor l, bool upper = false)
    {
        Matrices.Square(l, nameof(CholeskySolve));
        if (upper) l = l.Adjoint();
        return SolveTriangular(l.Adjoint(), SolveTriangular(l, b, upper: false), upper: true);
    }
}
