using Candeia.Kernels;

namespace Candeia;

/// <summary>The inverse of square matrices, and which pivot was zero, counted from 1, or 0.</summary>
/// <param name="Check">Whether a singular matrix is refused.</param>
public sealed record InvOp(bool Check = true) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <summary>Applies the op.</summary>
    public (Tensor Inverse, Tensor Info) Apply(Tensor a)
    {
        Matrices.Square(a, "Inv");
        var results = Run([new(a.Shape, a.DType), new(Matrices.Batch(a), DType.Int32)], a);
        return (results[0], results[1]);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        LinalgCalls.Run(new InvKernel(), Matrices.Batch(x[0]), [2, 2, 0], x[0], outputs[0], outputs[1]);
        if (Check) Matrices.Refuse(outputs[1], "Inv", Matrices.Singular);
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, ReadOnlySpan<Tensor?> grads)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (grads[0] is not { } grad) return [null];
        var y = node.Outputs[0].Adjoint();
        return [-y.MatMul(grad).MatMul(y)];
    }
}

public static partial class Linalg
{
    /// <summary>The inverse of square matrices [..., n, n]. To solve equations, <see cref="Solve"/> is faster and more exact.</summary>
    /// <param name="a">Matrices, the last two dimensions of a tensor of any number of them.</param>
    /// <exception cref="LinalgException">A matrix is singular; the message says which.</exception>
    /// <example><code>
    /// var inverse = Linalg.Inv([[2.0, 0], [0, 4]]);
    /// </code></example>
    public static Tensor Inv(this Tensor a) => new InvOp().Apply(a).Inverse;

    /// <summary>The same as <see cref="Inv"/> without a check: the second result says which pivot is zero, counted from 1, or 0.</summary>
    /// <param name="a">Matrices, the last two dimensions of a tensor of any number of them.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>var (inverse, info) = Linalg.InvEx([[2.0, 0], [0, 4]]);</code></example>
    public static (Tensor Inverse, Tensor Info) InvEx(this Tensor a) => new InvOp(Check: false).Apply(a);
}
