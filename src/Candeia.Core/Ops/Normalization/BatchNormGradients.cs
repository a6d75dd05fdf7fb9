using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// The gradients of batch normalization. Inputs: the gradient of the output, x, mean [c], variance [c] and, if there are, the weight [c] and, where
/// values are cut off or compared afterwards, the bias [c]. The gradient of x is channels-last in memory.
/// </summary>
/// <param name="Epsilon">Added to the variance.</param>
/// <param name="OfBatch">Whether the moments are those of x itself, so that its gradient goes through them too.</param>
/// <param name="Wanted">Which gradients are computed.</param>
public sealed record BatchNormGradientsOp(double Epsilon, bool OfBatch, Wanted Wanted) : WeightedGradientsOp(Wanted)
{
    /// <summary>Whether ReLU was done in the same pass.</summary>
    public bool Relu { get; init; }

    /// <summary>What larger results became, after <see cref="Relu"/>.</summary>
    public double Ceiling { get; init; } = double.PositiveInfinity;

    /// <summary>The pooling that was done in the same pass, if any.</summary>
    public ConvPool Pool { get; init; }

    Tail Tail => new(Relu, Ceiling, Pool);

    /// <summary>Applies the op: the gradients of x, weight and bias, null where they are not wanted.</summary>
    public Tensor?[] Apply(Tensor grad, Tensor x, Tensor mean, Tensor variance, Tensor? weight, Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(grad);
        ArgumentNullException.ThrowIfNull(x);
        var layout = BatchNormOp.LayoutOf(x);
        if (weight is null) return Run(layout, null, null, grad, x, mean, variance);
        var like = weight.Layout.RowMajor();
        return bias is null ? Run(layout, like, like, grad, x, mean, variance, weight) : Run(layout, like, like, grad, x, mean, variance, weight, bias);
    }

    /// <inheritdoc/>
    protected internal override Tensor[] Compose(ReadOnlySpan<Tensor> x)
    {
        Tensor grad = x[0], input = x[1];
        int[] others = [0, .. Enumerable.Range(2, input.Rank - 2)];
        Shape channel = [.. input.Shape.Select((size, d) => d == 1 ? size : 1)];
        var centred = input - (OfBatch ? input.Mean(others, keepDim: true) : x[2].Reshape(channel));
        var scale = ((OfBatch ? centred.Square().Mean(others, keepDim: true) : x[3].Reshape(channel)) + Epsilon).Rsqrt();
        var y = centred * scale;
        if (Relu || Pool != ConvPool.None) grad = Tail.GradientOneByOne(grad, x.Length > 5 ? y * x[4].Reshape(channel) + x[5].Reshape(channel) : y);
        Tensor? dx = null;
        if (Has(Wanted.Input))
        {
            var g = x.Length > 4 ? grad * x[4].Reshape(channel) : grad;
            dx = OfBatch ? scale * (g - g.Mean(others, keepDim: true) - y * (g * y).Mean(others, keepDim: true)) : scale * g;
        }
        return Results(dx, Has(Wanted.Weight) ? (grad * y).Sum(others) : null, Has(Wanted.Bias) ? grad.Sum(others) : null);
    }

    /// <summary>The rows are widened one part after the other.</summary>
    protected internal override bool TakesNarrow => true;

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        BatchNormCalls.Gradients(Epsilon, OfBatch, x, Of(outputs, Wanted.Input), Of(outputs, Wanted.Weight), Of(outputs, Wanted.Bias), Tail);
}
