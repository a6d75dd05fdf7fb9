using Candeia.Kernels;

namespace Candeia;

/// <summary>The factors of A = P·L·U, in one matrix: L below the diagonal, of which the ones are not stored, and U; then the pivots as int32; then which of them is zero, counted from 1, or 0.</summary>
public sealed record LuFactorOp : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <summary>Applies the op.</summary>
    public (Tensor Lu, Tensor Pivots, Tensor Info) Apply(Tensor a)
    {
        Matrices.Any(a, "LuFactor");
        var batch = Matrices.Batch(a);
        var results = Run([new(a.Shape, a.DType), new(Matrices.With(batch, Math.Min(a.Shape[^1], a.Shape[^2])), DType.Int32), new(batch, DType.Int32)], a);
        return (results[0], results[1], results[2]);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        LinalgCalls.Run(new LuKernel(), Matrices.Batch(x[0]), [2, 2, 1, 0], x[0], outputs[0], outputs[1], outputs[2]);

    /// <summary>Of the square corner as for square matrices; what sticks out of it is linear in A, and takes a part of the others' gradient with it.</summary>
    protected internal override Tensor?[] Backward(Node node, ReadOnlySpan<Tensor?> grads)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (grads[0] is not { } grad) return [null];
        var lu = node.Outputs[0];
        int m = lu.Shape[^2], n = lu.Shape[^1], k = Math.Min(m, n);
        Tensor corner = lu.Narrow(-1, 0, k).Narrow(-2, 0, k), l = corner.Tril(-1) + Matrices.Identity(k, lu), u = corner.Triu(), g = grad.Narrow(-1, 0, k).Narrow(-2, 0, k);
        Tensor lower = l.Adjoint().MatMul(g.Tril(-1)), upper = g.Triu().MatMul(u.Adjoint());
        if (n > k) lower -= grad.Narrow(-1, k, n - k).MatMul(lu.Narrow(-1, k, n - k).Adjoint());
        if (m > k) upper -= lu.Narrow(-2, k, m - k).Adjoint().MatMul(grad.Narrow(-2, k, m - k));
        Tensor found = (lower.Tril(-1) + upper.Triu()).RightSolve(u.Adjoint(), upper: false);
        if (m > k) found = Tensor.Cat([found, grad.Narrow(-2, k, m - k).RightSolve(u.Adjoint(), upper: false)], -2);
        if (n > k) found = Tensor.Cat([found, grad.Narrow(-1, k, n - k)], -1);
        var top = Linalg.SolveTriangular(l.Adjoint(), found.Narrow(-2, 0, k), upper: true, unitriangular: true);
        found = m > k ? Tensor.Cat([top, found.Narrow(-2, k, m - k)], -2) : top;
        return [Linalg.Permutation(node.Outputs[1], m, lu.DType).MatMul(found)];
    }
}

/// <summary>Which row of A became each row of its factors, as int64, from the pivots.</summary>
/// <param name="Rows">How many rows A has.</param>
public sealed record LuPermutationOp(int Rows) : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor pivots)
    {
        ArgumentNullException.ThrowIfNull(pivots);
        if (pivots.DType != DType.Int32) throw new ArgumentException($"Pivots are int32, as LuFactor gives them, not {pivots.DType}.");
        return Run(pivots.Shape.With(pivots.Rank - 1, Rows), DType.Int64, pivots);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        LinalgCalls.RunReal(new PermutationKernel(), x[0].Shape.Slice(0, x[0].Rank - 1), [1, 1], x[0], outputs[0]);
}

public static partial class Linalg
{
    /// <summary>P·L·U = A with a permutation P, a lower triangle L with ones on its diagonal, and an upper triangle U.</summary>
    /// <param name="a">Matrices [..., m, n].</param>
    /// <returns>P [..., m, m], L [..., m, k], U [..., k, n], where k is the smaller of m and n.</returns>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>
    /// var (p, l, u) = Linalg.Lu([[1.0, 2], [3, 4]]);
    /// </code></example>
    public static (Tensor P, Tensor L, Tensor U) Lu(this Tensor a)
    {
        var (lu, pivots, _) = new LuFactorOp().Apply(a);
        return LuUnpack(lu, pivots);
    }

    /// <summary>The factors of <see cref="Lu"/> in one matrix, and the pivots, for <see cref="LuSolve"/> and <see cref="LuUnpack"/>.</summary>
    /// <param name="a">Matrices, the last two dimensions of a tensor of any number of them.</param>
    /// <exception cref="LinalgException">A pivot is zero: a square matrix is singular.</exception>
    /// <example><code>var (lu, pivots) = Linalg.LuFactor([[1.0, 2], [3, 4]]);</code></example>
    public static (Tensor Lu, Tensor Pivots) LuFactor(this Tensor a)
    {
        var (lu, pivots, info) = new LuFactorOp().Apply(a);
        if (a.Shape[^1] == a.Shape[^2]) Matrices.Refuse(info.To(Device.Cpu), nameof(LuFactor), Matrices.Singular);
        return (lu, pivots);
    }

    /// <summary>The same as <see cref="LuFactor"/> without a check: the last result says which pivot is zero, counted from 1, or 0.</summary>
    /// <param name="a">Matrices, the last two dimensions of a tensor of any number of them.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>var (lu, pivots, info) = Linalg.LuFactorEx([[1.0, 2], [3, 4]]);</code></example>
    public static (Tensor Lu, Tensor Pivots, Tensor Info) LuFactorEx(this Tensor a) => new LuFactorOp().Apply(a);

    /// <summary>P, L and U from what <see cref="LuFactor"/> gives.</summary>
    /// <param name="lu">The factors, [..., m, n], as LuFactor gives them.</param>
    /// <param name="pivots">The pivots, [..., k], int32, as LuFactor gives them.</param>
    /// <example><code>
    /// var (lu, pivots) = Linalg.LuFactor([[1.0, 2], [3, 4]]);
    /// var (p, l, u) = Linalg.LuUnpack(lu, pivots);
    /// </code></example>
    public static (Tensor P, Tensor L, Tensor U) LuUnpack(Tensor lu, Tensor pivots)
    {
        Matrices.Any(lu, nameof(LuUnpack));
        ArgumentNullException.ThrowIfNull(pivots);
        int m = lu.Shape[^2], k = Math.Min(m, lu.Shape[^1]);
        var l = lu.Narrow(-1, 0, k).Tril(-1) + Tensor.Eye(m, k, lu.DType, lu.Device);
        return (Permutation(pivots, m, lu.DType), l, lu.Narrow(-2, 0, k).Triu());
    }

    /// <summary>Solves A·X = B, or with <paramref name="adjoint"/> Aᴴ·X = B, from what <see cref="LuFactor"/> gives of A.</summary>
    /// <param name="lu">The factors, [..., n, n].</param>
    /// <param name="pivots">The pivots, [..., n].</param>
    /// <param name="b">Right-hand sides, [..., n, k].</param>
    /// <param name="left">Whether X stands on the right of A; else X·A = B is solved.</param>
    /// <param name="adjoint">Whether A is transposed and conjugate.</param>
    /// <example><code>
    /// var (lu, pivots) = Linalg.LuFactor([[3.0, 1], [1, 2]]);
    /// var x = Linalg.LuSolve(lu, pivots, [[9.0], [8.0]]);                      // 2, 3
    /// </code></example>
    public static Tensor LuSolve(Tensor lu, Tensor pivots, Tensor b, bool left = true, bool adjoint = false)
    {
        Matrices.Square(lu, nameof(LuSolve));
        ArgumentNullException.ThrowIfNull(pivots);
        if (!left) return LuSolve(lu, pivots, b.Adjoint(), left: true, !adjoint).Adjoint();
        var p = Permutation(pivots, lu.Shape[^1], lu.DType);
        if (!adjoint) return SolveTriangular(lu, SolveTriangular(lu, p.Transpose(-1, -2).MatMul(b), upper: false, unitriangular: true), upper: true);
        return p.MatMul(SolveTriangular(lu.Adjoint(), SolveTriangular(lu.Adjoint(), b, upper: false), upper: true, unitriangular: true));
    }

    internal static Tensor Permutation(Tensor pivots, int rows, DType dtype) =>
        new LuPermutationOp(rows).Apply(pivots).Unsqueeze(-2).Eq(Tensor.Arange(rows, pivots.Device).Unsqueeze(1)).To(dtype);
}
