using Candeia.Kernels;

namespace Candeia;

/// <summary>What <see cref="Linalg.Qr"/> gives of A [..., m, n], where k is the smaller of m and n.</summary>
public enum QrMode
{
    /// <summary>Q [..., m, k] and R [..., k, n].</summary>
    Reduced,
    /// <summary>Q [..., m, m] and R [..., m, n]. It has a gradient only where m ≤ n.</summary>
    Complete,
    /// <summary>R alone, and an empty Q. It has no gradient.</summary>
    R,
}

/// <summary>A = Q·R with orthonormal columns of Q and an upper triangle R. Results: R, and Q unless R alone is wanted.</summary>
/// <param name="Mode">How much of it.</param>
public sealed record QrOp(QrMode Mode) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <summary>Applies the op.</summary>
    public Tensor[] Apply(Tensor a)
    {
        Matrices.Any(a, "Qr");
        var batch = Matrices.Batch(a);
        int m = a.Shape[^2], n = a.Shape[^1], k = Mode == QrMode.Complete ? m : Math.Min(m, n);
        var r = new TensorSpec(Matrices.With(batch, k, n), a.DType);
        return Mode == QrMode.R ? Run([r], a) : Run([r, new(Matrices.With(batch, m, k), a.DType)], a);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        ReadOnlySpan<int> ranks = Mode == QrMode.R ? [2, 2] : [2, 2, 2];
        if (x[0].DType.IsComplex()) LinalgCalls.RunComplex(new ComplexQrKernel(), Matrices.Batch(x[0]), ranks, [x[0], .. outputs]);
        else LinalgCalls.RunReal(new QrKernel(), Matrices.Batch(x[0]), ranks, [x[0], .. outputs]);
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, ReadOnlySpan<Tensor?> grads)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (Mode == QrMode.R) throw new NotSupportedException("Qr has no derivative where R alone is computed; ask for QrMode.Reduced.");
        Tensor r = node.Outputs[0], q = node.Outputs[1];
        int m = q.Shape[^2], n = r.Shape[^1], k = q.Shape[^1];
        if (Mode == QrMode.Complete && m > n) throw new NotSupportedException($"Qr has no derivative where Q is completed: {m} rows are more than {n} columns. Ask for QrMode.Reduced.");
        Tensor? ofR = grads[0], ofQ = grads[1], ofRest = null;
        if (n > k)                                                           // the columns behind are Q times those of R
        {
            if (ofR is not null)
            {
                var right = ofR.Narrow(-1, k, n - k);
                ofRest = q.MatMul(right);
                ofQ = Matrices.Sum(ofQ, Columns(node, k, n).MatMul(right.Adjoint()));
                ofR = ofR.Narrow(-1, 0, k);
            }
            r = r.Narrow(-1, 0, k);
        }
        var inner = Matrices.Sum(ofR is null ? null : r.MatMul(ofR.Adjoint()), ofQ is null ? null : -ofQ.Adjoint().MatMul(q))!;
        var symmetric = RealDiagonal(inner.Tril()) + inner.Tril(-1).Adjoint();
        var found = Matrices.Sum(ofQ, q.MatMul(symmetric))!.RightSolve(r.Adjoint(), upper: false);
        if (n == k) return [found];
        return [Tensor.Cat([found, ofRest ?? Tensor.ZerosLike(Columns(node, k, n))], -1)];
    }

    /// <summary>Without the imaginary part of the diagonal: that of R is real, so that nothing flows through its phase.</summary>
    static Tensor RealDiagonal(Tensor a) => !a.DType.IsComplex() ? a : a.Tril(-1) + a.MainDiagonal().Real().To(a.DType).OnDiagonal();

    /// <summary>The columns of A behind the square part: Q·R there.</summary>
    static Tensor Columns(Node node, int k, int n) => node.Outputs[1].MatMul(node.Outputs[0].Narrow(-1, k, n - k));
}

public static partial class Linalg
{
    /// <summary>A = Q·R, with orthonormal columns of Q and an upper triangle R, whose diagonal is real.</summary>
    /// <param name="a">Matrices [..., m, n].</param>
    /// <param name="mode">How much of it is wanted.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>
    /// var (q, r) = Linalg.Qr([[3.0, 1], [4, 2]]);
    /// </code></example>
    public static (Tensor Q, Tensor R) Qr(this Tensor a, QrMode mode = QrMode.Reduced)
    {
        var results = new QrOp(mode).Apply(a);
        return (mode == QrMode.R ? Tensor.Empty([0], a.DType, a.Device) : results[1], results[0]);
    }

    /// <summary>The first n columns of a product of reflections I − τ·v·vᵀ, as LAPACK's geqrf gives them.</summary>
    /// <param name="a">Vectors v as columns, [..., m, n]: 1 on the diagonal and 0 above, whatever stands there.</param>
    /// <param name="tau">Factors τ, [..., k], of which there are at most n.</param>
    /// <example><code>var q = Linalg.HouseholderProduct([[1.0, 0], [0.5, 1]], [1.6]);</code></example>
    public static Tensor HouseholderProduct(Tensor a, Tensor tau)
    {
        Matrices.Any(a, nameof(HouseholderProduct));
        ArgumentNullException.ThrowIfNull(tau);
        int m = a.Shape[^2], n = a.Shape[^1], k = tau.Rank == 0 ? -1 : tau.Shape[^1];
        if (m < n) throw new ShapeException($"HouseholderProduct needs no fewer rows than columns, not {a.Shape}.");
        if (k < 0 || k > n) throw new ShapeException($"HouseholderProduct of {a.Shape} needs at most {n} factors for each matrix, not {tau.Shape}.");
        var vectors = a.Narrow(-1, 0, k).Tril(-1) + Tensor.Eye(m, k, a.DType, a.Device);
        var q = Tensor.Eye(m, n, a.DType, a.Device).Expand(Matrices.With(Matrices.Batch(a), m, n));
        for (int i = k - 1; i >= 0; i--)
        {
            var v = vectors.Narrow(-1, i, 1);
            q -= tau.Narrow(-1, i, 1).Unsqueeze(-1) * v.MatMul(v.Adjoint().MatMul(q));
        }
        return q;
    }
}
