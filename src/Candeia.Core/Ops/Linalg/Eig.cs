using Candeia.Kernels;

namespace Candeia;

/// <summary>Eigenvalues of square matrices, and eigenvectors as columns of length 1; both are complex. Results: values, vectors unless values alone are wanted.</summary>
/// <param name="Vectors">Whether vectors are wanted.</param>
public sealed record EigOp(bool Vectors) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <summary>Applies the op.</summary>
    public Tensor[] Apply(Tensor a)
    {
        Matrices.Square(a, "Eig");
        var values = new TensorSpec(a.Shape.Slice(0, a.Rank - 1), a.DType.Complex());
        return Vectors ? Run([values, new(a.Shape, a.DType.Complex())], a) : Run([values], a);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var info = Device.Cpu.Empty(Layout.Of(Matrices.Batch(x[0])), DType.Int32);
        ReadOnlySpan<int> ranks = Vectors ? [2, 1, 0, 2] : [2, 1, 0];
        if (x[0].DType.IsComplex()) LinalgCalls.RunComplex(new ComplexEigKernel(), Matrices.Batch(x[0]), ranks, [x[0], outputs[0], info, .. outputs[1..]]);
        else LinalgCalls.RunReal(new EigKernel(), Matrices.Batch(x[0]), ranks, [x[0], outputs[0], info, .. outputs[1..]]);
        Matrices.Refuse(info, "Eig", Matrices.Endless);
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, ReadOnlySpan<Tensor?> grads)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (!Vectors) throw new NotSupportedException("Eigenvalues have a derivative by way of the vectors; ask for both.");
        Tensor values = node.Outputs[0], v = node.Outputs[1], adjoint = v.Adjoint();
        Tensor inner;
        if (grads[1] is { } ofVectors)
        {
            var identity = Tensor.Eye(values.Shape[^1], dtype: values.DType.Real(), device: values.Device).To(values.DType);
            var along = adjoint.MatMul(ofVectors);
            var kept = (along * identity).Sum(-1).Real().To(values.DType);    // lengths are 1 whatever happens
            var gaps = (values.Unsqueeze(-2) - values.Unsqueeze(-1)).Conj() + identity;
            inner = (along - adjoint.MatMul(v) * kept.Unsqueeze(-2)) / gaps * (1 - identity);
            if (grads[0] is { } ofValues) inner += ofValues.Unsqueeze(-1) * identity;
            inner = inner.MatMul(adjoint);
        }
        else inner = grads[0]!.Unsqueeze(-1) * adjoint;
        var gradient = new SolveOp(Check: false).Apply(adjoint, inner).X;
        return [node.Inputs[0].DType.IsComplex() ? gradient : gradient.Real()];
    }
}

public static partial class Linalg
{
    /// <summary>
    /// Eigenvalues and eigenvectors, as columns of length 1, of square matrices [..., n, n] of real or complex numbers; the results are complex, and in no order. The largest element of a
    /// vector that is not real is made real; still its phase is arbitrary, and a loss should not depend on it.
    /// </summary>
    /// <param name="a">Matrices, the last two dimensions of a tensor of any number of them.</param>
    /// <exception cref="LinalgException">A matrix holds values that are not finite.</exception>
    /// <example><code>
    /// var (values, vectors) = Linalg.Eig([[0.0, -1], [1, 0]]);                   // i, −i
    /// </code></example>
    public static (Tensor Values, Tensor Vectors) Eig(this Tensor a)
    {
        var results = new EigOp(Vectors: true).Apply(a);
        return (results[0], results[1]);
    }

    /// <summary>The eigenvalues of square matrices [..., n, n] of real or complex numbers, complex and in no order.</summary>
    /// <param name="a">Matrices, the last two dimensions of a tensor of any number of them.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>var values = Linalg.Eigvals([[0.0, -1], [1, 0]]);                       // i, −i</code></example>
    public static Tensor Eigvals(this Tensor a)
    {
        ArgumentNullException.ThrowIfNull(a);
        return new EigOp(Vectors: a.RequiresGrad && Autograd.Enabled).Apply(a)[0];
    }
}
