using Candeia.Kernels;

namespace Candeia;

/// <summary>A = U·diag(S)·Vᵀ with orthonormal columns of U and V, and falling values S ≥ 0. Results: S, then U and Vᵀ unless values alone are wanted.</summary>
/// <param name="Full">Whether U and V are completed to square matrices.</param>
/// <param name="Vectors">Whether U and V are wanted.</param>
public sealed record SvdOp(bool Full, bool Vectors) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <summary>Applies the op.</summary>
    public Tensor[] Apply(Tensor a)
    {
        Matrices.Any(a, "Svd");
        var batch = Matrices.Batch(a);
        int m = a.Shape[^2], n = a.Shape[^1], k = Math.Min(m, n);
        var values = new TensorSpec(Matrices.With(batch, k), a.DType.Real());
        return Vectors ? Run([values, new(Matrices.With(batch, m, Full ? m : k), a.DType), new(Matrices.With(batch, Full ? n : k, n), a.DType)], a) : Run([values], a);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var info = Device.Cpu.Empty(Layout.Of(Matrices.Batch(x[0])), DType.Int32);
        ReadOnlySpan<int> ranks = Vectors ? [2, 1, 0, 2, 2] : [2, 1, 0];
        if (x[0].DType.IsComplex())
        {
            var values = Matrices.Float64(outputs[0]);
            LinalgCalls.RunComplex(new ComplexSvdKernel(), Matrices.Batch(x[0]), ranks, [x[0], values, info, .. outputs[1..]]);
            if (values != outputs[0]) CopyOp.Into(outputs[0], values);
        }
        else LinalgCalls.RunReal(new SvdKernel(), Matrices.Batch(x[0]), ranks, [x[0], outputs[0], info, .. outputs[1..]]);
        Matrices.Refuse(info, "Svd", Matrices.Endless);
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, ReadOnlySpan<Tensor?> grads)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (!Vectors) throw new NotSupportedException("Singular values have a derivative by way of the vectors; ask for both.");
        Tensor s = node.Outputs[0];
        int k = s.Shape[^1];
        Tensor u = node.Outputs[1].Narrow(-1, 0, k), vh = node.Outputs[2].Narrow(-2, 0, k), v = vh.Adjoint();
        Tensor? ofS = grads[0], ofU = grads[1]?.Narrow(-1, 0, k), ofVh = grads[2]?.Narrow(-2, 0, k);
        if (ofU is null && ofVh is null) return [(u * ofS!.Unsqueeze(-2)).MatMul(vh)];
        var squares = s * s;
        var gaps = squares.Unsqueeze(-2) - squares.Unsqueeze(-1) + Matrices.Identity(k, s);
        Tensor? inner = ofS?.OnDiagonal();
        var apart = 1 - Matrices.Identity(k, s);
        if (ofU is not null)
        {
            var turn = Skew(u.Adjoint().MatMul(ofU));
            inner = Matrices.Sum(inner, turn * apart / gaps * s.Unsqueeze(-2));
            if (turn.DType.IsComplex()) inner = inner! + (turn.MainDiagonal() / (2 * s)).OnDiagonal();         // phases that U and V share
        }
        if (ofVh is not null) inner = Matrices.Sum(inner, Skew(vh.MatMul(ofVh.Adjoint())) * apart / gaps * s.Unsqueeze(-1));
        var found = u.MatMul(inner!).MatMul(vh);
        if (ofU is not null && u.Shape[^2] > k)
        {
            var outside = ofU / s.Unsqueeze(-2);
            found += (outside - u.MatMul(u.Adjoint().MatMul(outside))).MatMul(vh);
        }
        if (ofVh is not null && vh.Shape[^1] > k)
        {
            var outside = ofVh / s.Unsqueeze(-1);
            found += u.MatMul(outside - outside.MatMul(v).MatMul(vh));
        }
        return [found];
    }

    static Tensor Skew(Tensor a) => a - a.Adjoint();
}

public static partial class Linalg
{
    /// <summary>
    /// A = U·diag(S)·Vᴴ: singular values S ≥ 0, falling, and orthonormal singular vectors as columns of U and rows of Vᴴ. The signs, or phases, of
    /// vectors are arbitrary, and a loss should not depend on them.
    /// </summary>
    /// <param name="a">Matrices [..., m, n].</param>
    /// <param name="fullMatrices">Whether U is [..., m, m] and Vᵀ [..., n, n], as PyTorch's default is; else both have as many vectors as there are values.</param>
    /// <exception cref="LinalgException">A matrix holds values that are not finite.</exception>
    /// <example><code>
    /// var (u, s, vh) = Linalg.Svd([[3.0, 0], [4, 5]], fullMatrices: false);
    /// </code></example>
    public static (Tensor U, Tensor S, Tensor Vh) Svd(this Tensor a, bool fullMatrices = true)
    {
        var results = new SvdOp(fullMatrices, Vectors: true).Apply(a);
        return (results[1], results[0], results[2]);
    }

    /// <summary>The singular values of matrices [..., m, n], falling.</summary>
    /// <param name="a">Matrices, the last two dimensions of a tensor of any number of them.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>var values = Linalg.SvdVals([[3.0, 0], [0, 4]]);                       // 4, 3</code></example>
    public static Tensor SvdVals(this Tensor a)
    {
        ArgumentNullException.ThrowIfNull(a);
        return new SvdOp(Full: false, Vectors: a.RequiresGrad && Autograd.Enabled).Apply(a)[0];
    }
}
