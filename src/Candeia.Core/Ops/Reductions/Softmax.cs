using Candeia.Kernels;

namespace Candeia;

/// <summary>eˣ / Σ eˣ along the last dimension, or the logarithm of that.</summary>
public sealed record SoftmaxOp(bool Logarithm) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Output;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => [new SoftmaxGradientOp(Logarithm).Apply(grad, node.Output)];

    /// <summary>Applies the op to a tensor of floating-point numbers and at least one dimension.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run(x.Shape, x.DType, x);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        SoftmaxCalls.Forward(Logarithm, x[0], outputs[0]);
}

public static partial class TensorOps
{
    /// <summary>eˣ / Σ eˣ along a dimension: positive numbers whose sum is 1.</summary>
    public static Tensor Softmax(this Tensor x, int dim) => Along(x, dim, new(Logarithm: false));

    /// <summary>The logarithm of the softmax, without overflow.</summary>
    public static Tensor LogSoftmax(this Tensor x, int dim) => Along(x, dim, new(Logarithm: true));

    static Tensor Along(Tensor x, int dim, SoftmaxOp op)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!x.DType.IsFloatingPoint()) x = x.To(DType.Float32);
        dim = x.Shape.Dim(dim);
        return x.Rank == 0 ? op.Apply(x.Unsqueeze(0)).Squeeze(0) : dim == x.Rank - 1 ? op.Apply(x) : op.Apply(x.Movedim(dim, -1)).Movedim(-1, dim);
    }
}
