using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// The gradients of layer normalization. Inputs: the gradient of the output, x, the mean of each sample and its 1 / √(variance + ε), as the forward
/// pass saved them, and, if there is one, the weight.
/// </summary>
/// <param name="Dims">How many of the last dimensions are normalized together.</param>
/// <param name="Epsilon">Added to the variance.</param>
/// <param name="Wanted">Which gradients are computed.</param>
public sealed record LayerNormGradientsOp(int Dims, double Epsilon, Wanted Wanted) : WeightedGradientsOp(Wanted)
{
    /// <summary>Applies the op: the gradients of x, weight and bias, null where they are not wanted.</summary>
    public Tensor?[] Apply(Tensor grad, Tensor x, Tensor mean, Tensor factor, Tensor? weight)
    {
        ArgumentNullException.ThrowIfNull(grad);
        ArgumentNullException.ThrowIfNull(x);
        var layout = x.Layout.RowMajor();
        if (weight is null) return Run(layout, null, null, grad, x, mean, factor);
        var like = weight.Layout.RowMajor();
        return Run(layout, like, like, grad, x, mean, factor, weight);
    }

    /// <inheritdoc/>
    protected internal override Tensor[] Compose(ReadOnlySpan<Tensor> x)
    {
        Tensor grad = x[0], input = x[1];
        int[] dims = [.. Enumerable.Range(input.Rank - Dims, Dims)], others = [.. Enumerable.Range(0, input.Rank - Dims)];
        var centred = input - input.Mean(dims, keepDim: true);
        var scale = (centred.Square().Mean(dims, keepDim: true) + Epsilon).Rsqrt();
        var y = centred * scale;
        Tensor SumOthers(Tensor t) => others.Length == 0 ? t : t.Sum(others);
        Tensor? dx = null;
        if (Has(Wanted.Input))
        {
            var g = x.Length > 4 ? grad * x[4] : grad;
            dx = scale * (g - g.Mean(dims, keepDim: true) - y * (g * y).Mean(dims, keepDim: true));
        }
        return Results(dx, Has(Wanted.Weight) ? SumOthers(grad * y) : null, Has(Wanted.Bias) ? SumOthers(grad) : null);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => x[1].Rank > Dims ? Rows(x, y, inputs: 4) : null;

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        LayerNormCalls.Gradients(Dims, x, Of(outputs, Wanted.Input), Of(outputs, Wanted.Weight), Of(outputs, Wanted.Bias));
}
