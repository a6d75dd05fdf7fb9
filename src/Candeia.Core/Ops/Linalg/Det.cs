using Candeia.Kernels;

namespace Candeia;

/// <summary>The determinant of square matrices.</summary>
public sealed record DetOp : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor a)
    {
        Matrices.Square(a, "Det");
        return Run(Matrices.Batch(a), a.DType, a);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        LinalgCalls.Run(new DetKernel(), Matrices.Batch(x[0]), [2, 0], x[0], outputs[0]);

    /// <summary>det(A)·A⁻ᵀ; where a matrix is singular, the cofactors all the same, by way of the singular values.</summary>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(node);
        Tensor a = node.Inputs[0], det = node.Output;
        var (inverse, info) = new InvOp(Check: false).Apply(a.Adjoint());
        var found = (grad * det.Conj()).Unsqueeze(-1).Unsqueeze(-1) * inverse;
        bool singular;
        using (Autograd.NoGrad()) singular = (bool)info.Ne(0).Any();
        return [!singular ? found : info.Ne(0).Unsqueeze(-1).Unsqueeze(-1).Where(grad.Unsqueeze(-1).Unsqueeze(-1) * Cofactors(a), found)];
    }

    /// <summary>det(U)·det(V)·U·(products of all singular values but one)·Vᵀ.</summary>
    static Tensor Cofactors(Tensor a)
    {
        Matrices.Real(a, "The gradient of the determinant of singular matrices");
        using var noGrad = Autograd.NoGrad();
        var (u, s, v) = Linalg.Svd(a.Detach());
        int n = a.Shape[^1];
        var others = Matrices.Identity(n, a) + (1 - Matrices.Identity(n, a)) * s.Unsqueeze(-2);
        var size = u.Det() * v.Det();
        return size.Unsqueeze(-1).Unsqueeze(-1) * (u * others.Prod(-1).Unsqueeze(-2)).MatMul(v);
    }
}

/// <summary>The sign (of complex numbers, the direction) of the determinant, and the logarithm of its absolute value.</summary>
public sealed record SlogDetOp : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <summary>Applies the op.</summary>
    public (Tensor Sign, Tensor LogAbsDet) Apply(Tensor a)
    {
        Matrices.Square(a, "SlogDet");
        var results = Run([new(Matrices.Batch(a), a.DType), new(Matrices.Batch(a), a.DType.Real())], a);
        return (results[0], results[1]);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        LinalgCalls.Run(new SlogDetKernel(), Matrices.Batch(x[0]), [2, 0, 0], x[0], outputs[0], outputs[1]);

    /// <summary>The transposed inverse; the sign does not change.</summary>
    protected internal override Tensor?[] Backward(Node node, ReadOnlySpan<Tensor?> grads)
    {
        ArgumentNullException.ThrowIfNull(node);
        return [grads[1] is { } grad ? grad.Unsqueeze(-1).Unsqueeze(-1) * new InvOp(Check: false).Apply(node.Inputs[0].Transpose(-1, -2)).Inverse : null];
    }
}

public static partial class Linalg
{
    /// <summary>The determinant of square matrices [..., n, n].</summary>
    /// <param name="a">Matrices, the last two dimensions of a tensor of any number of them.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>
    /// var det = Linalg.Det([[3.0, 1], [1, 2]]);                                  // 5
    /// </code></example>
    public static Tensor Det(this Tensor a) => new DetOp().Apply(a);

    /// <summary>The sign of the determinant and the logarithm of its absolute value, which neither overflows nor vanishes; of singular matrices 0 and −∞.</summary>
    /// <param name="a">Matrices, the last two dimensions of a tensor of any number of them.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>var (sign, size) = Linalg.SlogDet([[3.0, 1], [1, 2]]);                 // 1, log 5</code></example>
    public static (Tensor Sign, Tensor LogAbsDet) SlogDet(this Tensor a) => new SlogDetOp().Apply(a);

    /// <summary>The logarithm of the determinant of square matrices [..., n, n]: not a number where it is negative.</summary>
    /// <param name="a">Matrices, the last two dimensions of a tensor of any number of them.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>var size = Linalg.LogDet([[3.0, 1], [1, 2]]);                            // log 5</code></example>
    public static Tensor LogDet(this Tensor a)
    {
        Matrices.Real(Matrices.Square(a, nameof(LogDet)), nameof(LogDet));
        var (sign, size) = a.SlogDet();
        return size.MaskedFill(sign < 0, double.NaN);
    }
}
