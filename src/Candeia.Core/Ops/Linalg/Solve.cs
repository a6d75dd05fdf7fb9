using Candeia.Kernels;

namespace Candeia;

/// <summary>X of A·X = B, and which pivot of A was zero, counted from 1, or 0. Inputs: A, B, of the same leading sizes.</summary>
/// <param name="Check">Whether a singular matrix is refused.</param>
public sealed record SolveOp(bool Check = true) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <summary>Of the inputs, only A is read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input == 0;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <summary>The factors of A and their pivots.</summary>
    protected internal override TensorSpec[] Saves(ReadOnlySpan<Tensor> x) => [new(x[0].Shape, x[0].DType), new(x[0].Shape.Slice(0, x[0].Rank - 1), DType.Int32)];

    /// <summary>Applies the op.</summary>
    public (Tensor X, Tensor Info) Apply(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var results = Run([new(b.Shape, b.DType), new(Matrices.Batch(b), DType.Int32)], a, b);
        return (results[0], results[1]);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var batch = Matrices.Batch(x[0]);
        if (outputs.Length > 2) LinalgCalls.Run(new SolveKernel(), batch, [2, 2, 2, 0, 2, 1], x[0], x[1], outputs[0], outputs[1], outputs[2], outputs[3]);
        else LinalgCalls.Run(new SolveKernel(), batch, [2, 2, 2, 0], x[0], x[1], outputs[0], outputs[1]);
        if (Check) Matrices.Refuse(outputs[1], "Solve", Matrices.Singular);
    }

    /// <summary>By the factors that there are, unless the gradient has a gradient itself.</summary>
    protected internal override Tensor?[] Backward(Node node, ReadOnlySpan<Tensor?> grads)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (grads[0] is not { } grad) return [null, null];
        var back = Autograd.Enabled
            ? new SolveOp(Check: false).Apply(node.Inputs[0].Adjoint(), grad).X
            : Linalg.LuSolve(node.Saved[0], node.Saved[1], grad, adjoint: true);
        return [node.Needs(0) ? -back.MatMul(node.Outputs[0].Adjoint()) : null, back];
    }
}

public static partial class Linalg
{
    /// <summary>X of A·X = B: of a square system of linear equations, or many.</summary>
    /// <param name="a">Matrices [..., n, n].</param>
    /// <param name="b">Right-hand sides [..., n, k], or one vector for each matrix, [..., n] or [n].</param>
    /// <param name="left">Whether X stands on the right of A; else X·A = B is solved.</param>
    /// <exception cref="LinalgException">A matrix is singular; the message says which.</exception>
    /// <exception cref="ShapeException">A is not square, or its size is not that of B.</exception>
    /// <example><code>
    /// var x = Linalg.Solve([[3.0, 1], [1, 2]], [9.0, 8]);                          // 2, 3
    /// </code></example>
    public static Tensor Solve(Tensor a, Tensor b, bool left = true) => Solved(a, b, left, check: true).X;

    /// <summary>The same as <see cref="Solve"/> without a check: the second result says which pivot is zero, counted from 1, or 0.</summary>
    /// <param name="a">Matrices, the last two dimensions of a tensor of any number of them.</param>
    /// <param name="b">The right-hand sides.</param>
    /// <param name="left">Whether X stands on the right of A; else X·A = B is solved.</param>
    /// <example><code>var (x, info) = Linalg.SolveEx([[3.0, 1], [1, 2]], [9.0, 8]);</code></example>
    public static (Tensor X, Tensor Info) SolveEx(Tensor a, Tensor b, bool left = true) => Solved(a, b, left, check: false);

    static (Tensor X, Tensor Info) Solved(Tensor a, Tensor b, bool left, bool check)
    {
        Matrices.Square(a, nameof(Solve));
        Matrices.Numbers(b, nameof(Solve));
        bool vector = b.Rank == 1 || b.Rank == a.Rank - 1 && b.Shape == a.Shape.Slice(0, b.Rank);
        if (vector) b = b.Unsqueeze(-1);
        if (!left && !vector) (a, b) = (a.Transpose(-1, -2), b.Transpose(-1, -2));
        if (a.Shape[^1] != b.Shape[^2]) throw new ShapeException($"Solve of {a.Shape} needs {a.Shape[^1]} rows on the right-hand side, not {b.Shape}.");
        (a, b) = Matrices.Meet(a, b, nameof(Solve));
        var (x, info) = new SolveOp(check).Apply(a, b);
        return (vector ? x.Squeeze(-1) : left ? x : x.Transpose(-1, -2), info);
    }
}
