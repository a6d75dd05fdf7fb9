using Candeia.Kernels;

namespace Candeia;

/// <summary>The gradient of a convolution's weight: its input correlated with the gradient of its output.</summary>
public sealed record Conv2dWeightGradientOp(ConvGeometry Geometry, Shape Weight) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) =>
    [
        node.Needs(0) ? new Conv2dInputGradientOp(Geometry, node.Inputs[0].Shape).Apply(node.Inputs[1], grad) : null,
        node.Needs(1) ? new Conv2dOp(Geometry).Apply(node.Inputs[0], grad, null) : null,
    ];

    /// <summary>Applies the op to the input and the gradient of the output.</summary>
    public Tensor Apply(Tensor x, Tensor grad)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(grad);
        Geometry.Expect(grad, x, x.Shape, Weight);
        return Run(Weight, x.DType, x, grad);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y) with { Outputs = [Cut.Whole], Join = new AddOp() };

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        ConvolutionCalls.Gradients(Geometry, x[1], x[0].Shape, x[0], Weight, null, null, outputs[0], null);
}
