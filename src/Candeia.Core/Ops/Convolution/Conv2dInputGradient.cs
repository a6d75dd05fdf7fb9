using Candeia.Kernels;

namespace Candeia;

/// <summary>The gradient of a convolution's input: the gradient of its output spread by the weights. Also the transposed convolution.</summary>
public sealed record Conv2dInputGradientOp(ConvGeometry Geometry, Shape Input) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) =>
    [
        node.Needs(0) ? new Conv2dOp(Geometry).Apply(grad, node.Inputs[1], null) : null,
        node.Needs(1) ? new Conv2dWeightGradientOp(Geometry, node.Inputs[1].Shape).Apply(grad, node.Inputs[0]) : null,
    ];

    /// <summary>Applies the op to the gradient of the output and the weight.</summary>
    public Tensor Apply(Tensor grad, Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(grad);
        ArgumentNullException.ThrowIfNull(weight);
        Geometry.Expect(grad, weight, Input, weight.Shape);
        return Run(Layout.ChannelsLast(Input), grad.DType, grad, weight);
    }

    /// <inheritdoc/>
    protected internal override long MultiplyAdds(ReadOnlySpan<Tensor> x, Shape y) => x[0].Numel * (x[1].Numel / x[1].Shape[0]);

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y, inputs: 1);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        ConvolutionCalls.Gradients(Geometry, x[0], outputs[0].Shape, null, x[1].Shape, x[1], outputs[0], null, null);
}
