using Candeia.Kernels;

namespace Candeia;

/// <summary>A linear layer and then ReLU, in one pass.</summary>
public sealed record FusedLinearOp(LinearOp Linear) : Op
{
    static readonly ReluGradientOp s_relu = new();

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs | Keeps.Output;

    /// <summary>A factor is read only for the other's gradient, and the bias never.</summary>
    protected internal override bool KeepsInput(Node node, int input) => WeightedGradientsOp.ReadsFactor(node, input);

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) => Linear.Backward(node, s_relu.Apply(grad, node.Output));

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Layer(x, y, 1);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        LinearCalls.Forward(x[0], x[1], x.Length > 2 ? x[2] : null, outputs[0], relu: true);
}
