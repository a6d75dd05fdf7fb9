using Candeia.Kernels;

namespace Candeia;

/// <summary>The exponential of square matrices: Σ Aⁿ / n!.</summary>
public sealed record MatrixExpOp : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor a) => Run(Matrices.Square(a, "MatrixExp").Shape, a.DType, a);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        LinalgCalls.Run(new MatrixExpKernel(), Matrices.Batch(x[0]), [2, 2], x[0], outputs[0]);

    /// <summary>The corner of the exponential of [[Aᵀ, G], [0, Aᵀ]] (Van Loan, 1978).</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(node);
        Tensor a = node.Inputs[0].Adjoint();
        int n = a.Shape[^1];
        Tensor top = Tensor.Cat([a, grad], -1), bottom = Tensor.Cat([Tensor.Zeros(a.Shape, a.DType, a.Device), a], -1);
        return [Apply(Tensor.Cat([top, bottom], -2)).Narrow(-2, 0, n).Narrow(-1, n, n)];
    }
}

public static partial class Linalg
{
    /// <summary>The exponential Σ Aⁿ / n! of square matrices [..., n, n].</summary>
    /// <param name="a">Matrices, the last two dimensions of a tensor of any number of them.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>
    /// var turn = Linalg.MatrixExp([[0.0, -1], [1, 0]]);                          // by one radian
    /// </code></example>
    public static Tensor MatrixExp(this Tensor a) => new MatrixExpOp().Apply(a);

    /// <summary>Square matrices [..., n, n] to a whole power; a negative one is that of the inverse.</summary>
    /// <param name="a">Matrices, the last two dimensions of a tensor of any number of them.</param>
    /// <param name="n">The power, a whole number.</param>
    /// <exception cref="LinalgException">The power is negative, and a matrix is singular.</exception>
    /// <example><code>var fifth = Linalg.MatrixPower([[1.0, 1], [1, 0]], 5);                  // [[8, 5], [5, 3]]</code></example>
    public static Tensor MatrixPower(this Tensor a, int n)
    {
        Matrices.Square(a, nameof(MatrixPower));
        if (n == 0) return Matrices.Identity(a.Shape[^1], a).Expand(a.Shape).Clone();
        if (n < 0) a = a.Inv();
        Tensor? power = null;
        for (uint rest = (uint)Math.Abs((long)n); ; a = a.MatMul(a))
        {
            if ((rest & 1) != 0) power = power?.MatMul(a) ?? a;
            if ((rest >>= 1) == 0) return power!;
        }
    }
}
