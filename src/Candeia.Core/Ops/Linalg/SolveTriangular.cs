using Candeia.Kernels;

namespace Candeia;

/// <summary>X of A·X = B, where one triangle of A counts. Inputs: A, B, of the same leading sizes.</summary>
/// <param name="Upper">Which triangle.</param>
/// <param name="Unit">Whether the diagonal counts as ones.</param>
public sealed record SolveTriangularOp(bool Upper, bool Unit) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <summary>Of the inputs, only A is read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input == 0;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(b);
        return Run(b.Shape, b.DType, a, b);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        LinalgCalls.Run(new SolveTriangularKernel(Upper, Unit), Matrices.Batch(outputs[0]), [2, 2, 2], x[0], x[1], outputs[0]);

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(node);
        var back = Linalg.SolveTriangular(node.Inputs[0].Adjoint(), grad, !Upper, unitriangular: Unit);
        if (!node.Needs(0)) return [null, back];
        var whole = -back.MatMul(node.Output.Adjoint());
        return [Upper ? whole.Triu(Unit ? 1 : 0) : whole.Tril(Unit ? -1 : 0), back];
    }
}

public static partial class Linalg
{
    /// <summary>Solves A·X = B, where A is a triangle: the other one of its elements is not read.</summary>
    /// <param name="a">Triangles [..., n, n].</param>
    /// <param name="b">Right-hand sides [..., n, k], whose leading sizes broadcast with those of A.</param>
    /// <param name="upper">Whether it is the upper triangle.</param>
    /// <param name="left">Whether X stands on the right of A; else X·A = B is solved.</param>
    /// <param name="unitriangular">Whether the diagonal counts as ones, and is not read either.</param>
    /// <exception cref="ShapeException">A is not square, or its size is not that of B.</exception>
    /// <example><code>
    /// var x = Linalg.SolveTriangular([[2.0, 0], [1, 4]], [[2.0], [9]], upper: false);
    /// </code></example>
    public static Tensor SolveTriangular(Tensor a, Tensor b, bool upper, bool left = true, bool unitriangular = false)
    {
        Matrices.Square(a, nameof(SolveTriangular));
        Matrices.Any(b, nameof(SolveTriangular));
        if (!left) return SolveTriangular(a.Transpose(-1, -2), b.Transpose(-1, -2), !upper, left: true, unitriangular).Transpose(-1, -2);
        if (a.Shape[^1] != b.Shape[^2]) throw new ShapeException($"SolveTriangular of {a.Shape} needs as many rows on the right-hand side, not {b.Shape}.");
        var (one, other) = Matrices.Meet(a, b, nameof(SolveTriangular));
        return new SolveTriangularOp(upper, unitriangular).Apply(one, other);
    }

    /// <summary>X of X·A = B.</summary>
    internal static Tensor RightSolve(this Tensor b, Tensor a, bool upper) => SolveTriangular(a, b, upper, left: false);
}
