using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// The gradients of group normalization. Inputs: the gradient of the output, x, the mean of each channel's group and its 1 / √(variance + ε) for each
/// sample [n, c], as the forward pass saved them, and, if there is one, the weight. The gradient of x is channels-last in memory.
/// </summary>
/// <param name="Groups">How many groups are normalized separately.</param>
/// <param name="Epsilon">Added to the variance.</param>
/// <param name="Wanted">Which gradients are computed.</param>
public sealed record GroupNormGradientsOp(int Groups, double Epsilon, Wanted Wanted) : WeightedGradientsOp(Wanted)
{
    /// <summary>Applies the op: the gradients of x, weight and bias, null where they are not wanted.</summary>
    public Tensor?[] Apply(Tensor grad, Tensor x, Tensor mean, Tensor factor, Tensor? weight)
    {
        ArgumentNullException.ThrowIfNull(grad);
        ArgumentNullException.ThrowIfNull(x);
        var layout = BatchNormOp.LayoutOf(x);
        if (weight is null) return Run(layout, null, null, grad, x, mean, factor);
        var like = weight.Layout.RowMajor();
        return Run(layout, like, like, grad, x, mean, factor, weight);
    }

    /// <inheritdoc/>
    protected internal override Tensor[] Compose(ReadOnlySpan<Tensor> x)
    {
        Tensor grad = x[0], input = x[1];
        int[] others = [0, .. Enumerable.Range(2, input.Rank - 2)];
        Shape channel = [.. input.Shape.Select((size, d) => d == 1 ? size : 1)];
        Tensor Grouped(Tensor t) => t.Reshape(input.Shape[0], Groups, (int)(input.Numel / Math.Max(1, input.Shape[0]) / Groups));
        var centred = Grouped(input) - Grouped(input).Mean([2], keepDim: true);
        var scale = (centred.Square().Mean([2], keepDim: true) + Epsilon).Rsqrt();
        var y = centred * scale;
        Tensor? dx = null;
        if (Has(Wanted.Input))
        {
            var g = Grouped(x.Length > 4 ? grad * x[4].Reshape(channel) : grad);
            dx = (scale * (g - g.Mean([2], keepDim: true) - y * (g * y).Mean([2], keepDim: true))).Reshape(input.Shape);
        }
        return Results(dx, Has(Wanted.Weight) ? (grad * y.Reshape(input.Shape)).Sum(others) : null, Has(Wanted.Bias) ? grad.Sum(others) : null);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Rows(x, y, inputs: 4);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        GroupNormCalls.Gradients(Groups, x, Of(outputs, Wanted.Input), Of(outputs, Wanted.Weight), Of(outputs, Wanted.Bias));
}
