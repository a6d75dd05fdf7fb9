namespace Candeia;

/// <summary>The pseudoinverse of Moore and Penrose.</summary>
/// <param name="Atol">Singular values up to this count as 0.</param>
/// <param name="Rtol">Singular values up to this part of the largest count as 0.</param>
public sealed record PinvOp(double Atol, double Rtol) : Op
{
    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor a)
    {
        Matrices.Any(a, "Pinv");
        return Run(Matrices.With(Matrices.Batch(a), a.Shape[^1], a.Shape[^2]), a.DType, a);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var batch = Matrices.Batch(x[0]);
        int m = x[0].Shape[^2], n = x[0].Shape[^1], k = Math.Min(m, n);
        var dtype = x[0].DType;
        Tensor s = Empty(dtype.Real(), k), u = Empty(dtype, m, k), v = Empty(dtype, k, n);
        new SvdOp(Full: false, Vectors: true).Compute([x[0]], [s, u, v]);
        var kept = s > (s.Amax([-1], keepDim: true) * Rtol).Maximum(Atol);
        Tensor scaled = Adjoint(v) * kept.Where(1 / s, 0).Unsqueeze(-2);
        new MatMulOp().Compute([scaled, Adjoint(u)], outputs);

        Tensor Empty(DType type, params ReadOnlySpan<int> sizes) => Device.Cpu.Empty(Layout.Of(Matrices.With(batch, sizes)), type);
    }

    /// <summary>Golub and Pereyra, 1973: where the rank does not change.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(node);
        Tensor a = node.Inputs[0], p = node.Output, pt = Adjoint(p), g = Adjoint(grad);
        if (a.Shape[^2] <= a.Shape[^1])
        {
            Tensor k = g.MatMul(p), kp = k.MatMul(pt);
            return [-Adjoint(p.MatMul(k)) + kp - a.MatMul(p).MatMul(kp) + pt.MatMul(p).MatMul(g - k.MatMul(a))];
        }
        Tensor h = p.MatMul(g), ph = pt.MatMul(h);
        return [-Adjoint(h.MatMul(p)) + (g - a.MatMul(h)).MatMul(p).MatMul(pt) + ph - ph.MatMul(p).MatMul(a)];
    }

    static Tensor Adjoint(Tensor x) => x.Transpose(-1, -2).Conj();
}

public static partial class Linalg
{
    /// <summary>The pseudoinverse of matrices [..., m, n]: what comes nearest to an inverse.</summary>
    /// <param name="a">The matrices.</param>
    /// <param name="atol">Singular values up to this count as 0.</param>
    /// <param name="rtol">So do those up to this part of the largest: by default, if no <paramref name="atol"/> is given, the precision times the larger size.</param>
    /// <param name="hermitian">Whether the matrices are symmetric, and only their lower triangles are read.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>
    /// var p = Linalg.Pinv([[1.0, 0], [0, 1], [1, 1]]);
    /// </code></example>
    public static Tensor Pinv(this Tensor a, double? atol = null, double? rtol = null, bool hermitian = false)
    {
        Matrices.Any(a, nameof(Pinv));
        if (hermitian)
        {
            Matrices.Square(a, nameof(Pinv));
            a = a.Tril() + a.Tril(-1).Transpose(-1, -2).Conj();
        }
        if (a.Numel == 0) return Tensor.Empty(Matrices.With(Matrices.Batch(a), a.Shape[^1], a.Shape[^2]), a.DType, a.Device);
        return new PinvOp(atol ?? 0, Relative(a, atol, rtol)).Apply(a);
    }

    static double Relative(Tensor a, double? atol, double? rtol) => rtol ?? (atol > 0 ? 0 : Finfo.Of(a.DType.Real()).Eps * Math.Max(a.Shape[^1], a.Shape[^2]));

    /// <summary>X that makes ‖A·X − B‖ smallest, and of those the shortest.</summary>
    /// <param name="a">Matrices [..., m, n].</param>
    /// <param name="b">Right-hand sides [..., m, k], or one vector for each matrix, [..., m].</param>
    /// <param name="rcond">Singular values up to this part of the largest count as 0: by default the precision times the larger size.</param>
    /// <returns>
    /// X; the squared length of A·X − B for each column, empty where that is 0 or the rank is not full; the rank; the singular values.
    /// </returns>
    /// <example><code>
    /// var line = Linalg.LstSq([[1.0, 0], [1, 1], [1, 2]], [[1.0], [3], [5]]).Solution;   // 1 + 2·x
    /// </code></example>
    public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) LstSq(Tensor a, Tensor b, double? rcond = null)
    {
        Matrices.Any(a, nameof(LstSq));
        Matrices.Numbers(b, nameof(LstSq));
        bool vector = b.Rank == 1 || b.Rank == a.Rank - 1 && b.Shape == a.Shape.Slice(0, b.Rank);
        if (vector) b = b.Unsqueeze(-1);
        if (a.Shape[^2] != b.Shape[^2]) throw new ShapeException($"LstSq of {a.Shape} needs {a.Shape[^2]} rows on the right-hand side, not {b.Shape}.");
        (a, b) = Matrices.Meet(a, b, nameof(LstSq));
        double rtol = Relative(a, null, rcond);
        var x = Pinv(a, rtol: rtol).MatMul(b);
        Tensor values, rank;
        using (Autograd.NoGrad())
        {
            values = a.Detach().SvdVals();
            rank = Above(values, 0, rtol);
        }
        bool full = a.Shape[^2] > a.Shape[^1] && (bool)rank.Eq(a.Shape[^1]).All();
        var residuals = full ? (a.MatMul(x) - b).Abs().Square().Sum(-2) : Tensor.Empty([0], a.DType.Real(), a.Device);
        return (vector ? x.Squeeze(-1) : x, residuals, rank, values);
    }

    /// <summary>How many rows of each matrix [..., m, n] are independent: the number of singular values that are not 0.</summary>
    /// <param name="a">The matrices.</param>
    /// <param name="atol">Singular values up to this count as 0.</param>
    /// <param name="rtol">So do those up to this part of the largest: by default, if no <paramref name="atol"/> is given, the precision times the larger size.</param>
    /// <param name="hermitian">Whether the matrices are symmetric, and only their lower triangles are read.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>var rank = Linalg.MatrixRank([[1.0, 2], [2, 4]]);                        // 1</code></example>
    public static Tensor MatrixRank(this Tensor a, double? atol = null, double? rtol = null, bool hermitian = false)
    {
        Matrices.Any(a, nameof(MatrixRank));
        using var noGrad = Autograd.NoGrad();
        var values = hermitian ? a.Detach().EigvalsH().Abs() : a.Detach().SvdVals();
        return Above(values, atol ?? 0, Relative(a, atol, rtol));
    }

    static Tensor Above(Tensor values, double atol, double rtol) => values.Shape[^1] == 0
        ? Tensor.Zeros(values.Shape.Slice(0, values.Rank - 1), DType.Int64, values.Device)
        : (values > (values.Amax([-1], keepDim: true) * rtol).Maximum(atol)).Sum(-1);
}
