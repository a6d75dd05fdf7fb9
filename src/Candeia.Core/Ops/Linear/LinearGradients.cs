using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// The gradients of a linear layer's input, weight and bias. Inputs: the gradient of the output [rows, out], x [rows, in] and weight [out, in].
/// </summary>
/// <param name="Wanted">Which gradients are computed.</param>
public sealed record LinearGradientsOp(Wanted Wanted) : WeightedGradientsOp(Wanted)
{
    /// <summary>Applies the op: the gradients of x, weight and bias, null where they are not wanted.</summary>
    /// <param name="grad">The gradient of the output.</param>
    /// <param name="x">The input.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="bias">The bias: its gradient lies in memory like it.</param>
    public Tensor?[] Apply(Tensor grad, Tensor x, Tensor weight, Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(grad);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        return Run(x.Layout.RowMajor(), weight.Layout.RowMajor(), LayoutOf(bias, weight), grad, x, weight);
    }

    /// <inheritdoc/>
    protected internal override Tensor[] Compose(ReadOnlySpan<Tensor> x)
    {
        Tensor grad = x[0], input = x[1], weight = x[2];
        return Results(Has(Wanted.Input) ? grad.MatMul(weight) : null, Has(Wanted.Weight) ? grad.T().MatMul(input) : null,
            Has(Wanted.Bias) ? grad.Sum(0) : null);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Layer(x, y, 1);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        LinearCalls.Gradients(x[0], x[1], x[2], Of(outputs, Wanted.Input), Of(outputs, Wanted.Weight), Of(outputs, Wanted.Bias));
}
