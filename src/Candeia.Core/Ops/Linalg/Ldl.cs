using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// The factors of P·A·Pᵀ = L·D·Lᵀ in one matrix: D, whose blocks are of one or two rows, on and beside the diagonal, and L, of which the ones are not stored, below it; then the pivots as int32; then
/// which block is zero, counted from 1, or 0. The lower triangle of A is read.
/// </summary>
/// <param name="Hermitian">Whether complex matrices are those of L·D·Lᴴ, and not symmetric.</param>
public sealed record LdlFactorOp(bool Hermitian) : Op
{
    /// <inheritdoc/>
    protected internal override bool IsDifferentiable => false;

    /// <summary>Applies the op.</summary>
    public (Tensor Ld, Tensor Pivots, Tensor Info) Apply(Tensor a)
    {
        Matrices.Square(a, "LdlFactor");
        var batch = Matrices.Batch(a);
        var results = Run([new(a.Shape, a.DType), new(Matrices.With(batch, a.Shape[^1]), DType.Int32), new(batch, DType.Int32)], a);
        return (results[0], results[1], results[2]);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        LinalgCalls.Run(new LdlKernel(Hermitian), Matrices.Batch(x[0]), [2, 2, 1, 0], x[0], outputs[0], outputs[1], outputs[2]);
}

/// <summary>X of A·X = B. Inputs: the factors and the pivots that <see cref="LdlFactorOp"/> gives of A, and B, of the same leading sizes.</summary>
/// <param name="Hermitian">What the factors were made with.</param>
public sealed record LdlSolveOp(bool Hermitian) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>B is not read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input < 2;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor ld, Tensor pivots, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(b);
        return Run(b.Shape, b.DType, ld, pivots, b);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        LinalgCalls.Run(new LdlSolveKernel(Hermitian), Matrices.Batch(outputs[0]), [2, 1, 2, 2], x[0], x[1], x[2], outputs[0]);

    /// <summary>Of B alone, as in PyTorch: A is its own adjoint, or its own transposed.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(node);
        Tensor ld = node.Inputs[0], pivots = node.Inputs[1];
        return [null, null, Hermitian ? Apply(ld, pivots, grad) : Apply(ld, pivots, grad.Conj()).Conj()];
    }
}

public static partial class Linalg
{
    /// <summary>
    /// The factors of a symmetric matrix that need not be positive: P·A·Pᵀ = L·D·Lᵀ with a permutation P, a lower triangle L with ones on its diagonal, and D with blocks of one or two rows; for
    /// <see cref="LdlSolve"/>. Half the arithmetic of <see cref="LuFactor"/>. Without a gradient, as in PyTorch.
    /// </summary>
    /// <param name="a">Symmetric matrices [..., n, n], of which the lower triangle is read.</param>
    /// <param name="hermitian">Whether complex matrices are Hermitian: L·D·Lᴴ.</param>
    /// <returns>D and L in one matrix [..., n, n], and pivots [..., n], int32, as LAPACK has them.</returns>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="LinalgException">A block of D is zero: the matrix is singular.</exception>
    /// <example><code>var (ld, pivots) = Linalg.LdlFactor([[0.0, 1], [1, 0]]);</code></example>
    public static (Tensor Ld, Tensor Pivots) LdlFactor(this Tensor a, bool hermitian = false)
    {
        var (ld, pivots, info) = new LdlFactorOp(hermitian).Apply(a);
        Matrices.Refuse(info.To(Device.Cpu), nameof(LdlFactor), Matrices.Singular);
        return (ld, pivots);
    }

    /// <summary>The same as <see cref="LdlFactor"/> without a check: the last result says which block is zero, counted from 1, or 0.</summary>
    /// <param name="a">Symmetric matrices [..., n, n], of which the lower triangle is read.</param>
    /// <param name="hermitian">Whether complex matrices are Hermitian.</param>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <example><code>var (ld, pivots, info) = Linalg.LdlFactorEx([[0.0, 1], [1, 0]]);</code></example>
    public static (Tensor Ld, Tensor Pivots, Tensor Info) LdlFactorEx(this Tensor a, bool hermitian = false) => new LdlFactorOp(hermitian).Apply(a);

    /// <summary>Solves A·X = B from what <see cref="LdlFactor"/> gives of A. The gradient is that of B.</summary>
    /// <param name="ld">The factors, [..., n, n].</param>
    /// <param name="pivots">The pivots, [..., n], int32.</param>
    /// <param name="b">Right-hand sides [..., n, k], whose leading sizes broadcast with those of A.</param>
    /// <param name="hermitian">What the factors were made with.</param>
    /// <exception cref="ArgumentException">The pivots are not int32, or A and B have different types.</exception>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>
    /// var (ld, pivots) = Linalg.LdlFactor([[0.0, 1], [1, 0]]);
    /// var x = Linalg.LdlSolve(ld, pivots, [[2.0], [3]]);                       // 3, 2
    /// </code></example>
    public static Tensor LdlSolve(Tensor ld, Tensor pivots, Tensor b, bool hermitian = false)
    {
        Matrices.Square(ld, nameof(LdlSolve));
        Matrices.Any(b, nameof(LdlSolve));
        ArgumentNullException.ThrowIfNull(pivots);
        if (pivots.DType != DType.Int32) throw new ArgumentException($"Pivots are int32, as LdlFactor gives them, not {pivots.DType}.");
        if (!pivots.Shape.Equals(ld.Shape.Slice(0, ld.Rank - 1))) throw new ShapeException($"LdlSolve of {ld.Shape} needs the pivots of these matrices, {ld.Shape.Slice(0, ld.Rank - 1)}, not {pivots.Shape}.");
        if (ld.Shape[^1] != b.Shape[^2]) throw new ShapeException($"LdlSolve of {ld.Shape} needs as many rows on the right-hand side, not {b.Shape}.");
        var (one, other) = Matrices.Meet(ld, b, nameof(LdlSolve));
        return new LdlSolveOp(hermitian).Apply(one.Detach(), pivots.Expand(one.Shape.Slice(0, one.Rank - 1)), other);
    }
}
