using Candeia.Kernels;

namespace Candeia;

/// <summary>Eigenvalues of symmetric matrices, rising, and eigenvectors as columns. Results: values, vectors unless values alone are wanted.</summary>
/// <param name="Upper">Which triangle is read.</param>
/// <param name="Vectors">Whether vectors are wanted.</param>
public sealed record EighOp(bool Upper, bool Vectors) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected internal override bool DifferentiatesComplex => true;

    /// <summary>Applies the op.</summary>
    public Tensor[] Apply(Tensor a)
    {
        Matrices.Square(a, "Eigh");
        var values = new TensorSpec(a.Shape.Slice(0, a.Rank - 1), a.DType.Real());
        return Vectors ? Run([values, new(a.Shape, a.DType)], a) : Run([values], a);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var info = Device.Cpu.Empty(Layout.Of(Matrices.Batch(x[0])), DType.Int32);
        ReadOnlySpan<int> ranks = Vectors ? [2, 1, 0, 2] : [2, 1, 0];
        if (x[0].DType.IsComplex())
        {
            var values = Matrices.Float64(outputs[0]);
            LinalgCalls.RunComplex(new ComplexEighKernel(Upper), Matrices.Batch(x[0]), ranks, [x[0], values, info, .. outputs[1..]]);
            if (values != outputs[0]) CopyOp.Into(outputs[0], values);
        }
        else LinalgCalls.RunReal(new EighKernel(Upper), Matrices.Batch(x[0]), ranks, [x[0], outputs[0], info, .. outputs[1..]]);
        Matrices.Refuse(info, "Eigh", Matrices.Endless);
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, ReadOnlySpan<Tensor?> grads)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (!Vectors) throw new NotSupportedException("Eigenvalues have a derivative by way of the vectors; ask for both.");
        Tensor values = node.Outputs[0], v = node.Outputs[1];
        if (grads[1] is not { } ofVectors) return [(v * grads[0]!.Unsqueeze(-2)).MatMul(v.Adjoint())];
        var gaps = values.Unsqueeze(-2) - values.Unsqueeze(-1) + Matrices.Identity(values.Shape[^1], values);
        var inner = v.Adjoint().MatMul(ofVectors) / gaps * (1 - Matrices.Identity(values.Shape[^1], values));
        if (grads[0] is { } ofValues) inner += ofValues.OnDiagonal();
        return [v.MatMul(inner).MatMul(v.Adjoint())];
    }
}

public static partial class Linalg
{
    /// <summary>
    /// Eigenvalues, rising, and eigenvectors, as columns of length 1, of symmetric (or Hermitian) matrices [..., n, n]. The signs, or phases, of
    /// vectors are arbitrary, and a loss should not depend on them.
    /// </summary>
    /// <param name="a">The matrices, of which only one triangle is read.</param>
    /// <param name="upper">Whether it is the upper one.</param>
    /// <exception cref="LinalgException">A matrix holds values that are not finite.</exception>
    /// <example><code>
    /// var (values, vectors) = Linalg.Eigh([[2.0, 1], [1, 2]]);                   // 1, 3
    /// </code></example>
    public static (Tensor Values, Tensor Vectors) Eigh(this Tensor a, bool upper = false)
    {
        var results = new EighOp(upper, Vectors: true).Apply(a);
        return (results[0], results[1]);
    }

    /// <summary>The eigenvalues of symmetric matrices, rising.</summary>
    /// <param name="a">The matrices [..., n, n], of which only one triangle is read.</param>
    /// <param name="upper">Whether it is the upper one.</param>
    /// <exception cref="ShapeException">The shapes do not fit together.</exception>
    /// <example><code>var values = Linalg.EigvalsH([[2.0, 1], [1, 2]]);                      // 1, 3</code></example>
    public static Tensor EigvalsH(this Tensor a, bool upper = false)
    {
        ArgumentNullException.ThrowIfNull(a);
        return new EighOp(upper, Vectors: a.RequiresGrad && Autograd.Enabled).Apply(a)[0];
    }
}
