using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// The gradients of a convolution's input, weight and bias together: the gradient of the output is read, unpooled and masked once for all of them.
/// Inputs: the gradient of the output, x, weight, and then what <see cref="Relu"/> or <see cref="Pool"/> need. The gradient of x is channels-last in
/// memory.
/// </summary>
/// <param name="Geometry">How the window moves.</param>
/// <param name="Wanted">Which gradients are computed.</param>
public sealed record Conv2dGradientsOp(ConvGeometry Geometry, Wanted Wanted) : WeightedGradientsOp(Wanted)
{
    /// <summary>Whether ReLU was done in the same pass, and no pooling: the fourth input is the output.</summary>
    public bool Relu { get; init; }

    /// <summary>The pooling that was done in the same pass, if any: the fourth input are the bits that <see cref="FusedConv2dOp"/> saved.</summary>
    public ConvPool Pool { get; init; }

    /// <summary>Applies the op: the gradients of x, weight and bias, null where they are not wanted.</summary>
    /// <param name="grad">The gradient of the output, after ReLU and pooling if they were done in the same pass.</param>
    /// <param name="x">The input.</param>
    /// <param name="weight">The weight.</param>
    /// <param name="bias">The bias: its gradient lies in memory like it.</param>
    /// <param name="passed">Where the gradient passes ReLU or pooling.</param>
    public Tensor?[] Apply(Tensor grad, Tensor x, Tensor weight, Tensor? bias = null, Tensor? passed = null)
    {
        ArgumentNullException.ThrowIfNull(grad);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(weight);
        Layout input = x.Layout.LastChannels(), weights = weight.Layout.RowMajor();
        var biases = LayoutOf(bias, weight);
        return passed is null ? Run(input, weights, biases, grad, x, weight) : Run(input, weights, biases, grad, x, weight, passed);
    }

    /// <inheritdoc/>
    protected internal override Tensor[] Compose(ReadOnlySpan<Tensor> x)
    {
        Tensor grad = x[0], input = x[1], weight = x[2];
        if (Pool != ConvPool.None) grad = Unpooled(grad, x[3], input.Shape, weight.Shape);
        else if (Relu) grad = new ReluGradientOp().Apply(grad, x[3]);
        return Results(
            Has(Wanted.Input) ? new Conv2dInputGradientOp(Geometry, input.Shape).Apply(grad, weight) : null,
            Has(Wanted.Weight) ? new Conv2dWeightGradientOp(Geometry, weight.Shape).Apply(input, grad) : null,
            Has(Wanted.Bias) ? grad.Sum(0, 2, 3) : null);
    }

    /// <summary>The gradient before pooling and ReLU: each pooled one goes to those of its 2×2 whose bit is set.</summary>
    Tensor Unpooled(Tensor grad, Tensor mask, Shape x, Shape weight)
    {
        var shape = Geometry.Output(x, weight, null);
        int n = shape[0], c = shape[1], h = grad.Shape[2], w = grad.Shape[3], blocks = mask.Shape[3] / Mask.Bytes;
        int groups = Geometry.On(x, weight).IsDepthwise ? 1 : Geometry.Groups;
        var powers = Tensor.From((byte[])[1, 2, 4, 8, 16, 32, 64, 128]).To(mask.Device);
        var two = Tensor.From((byte[])[2]).To(mask.Device);
        var bits = mask.Unsqueeze(-1).FloorDivide(powers).Remainder(two);    // [n, h, w, blocks · 4 · 4, 8]
        bits = bits.Reshape(n, h, w, groups, blocks / groups, 2, 2, Mask.Block);
        bits = bits.Permute(0, 3, 4, 7, 1, 5, 2, 6);                         // [n, groups, blocks, 32, h, 2, w, 2]
        bits = bits.Reshape(n, groups, -1, h, 2, w, 2).Narrow(2, 0, c / groups).Reshape(n, c, h, 2, w, 2).To(grad.DType);
        var spread = grad.Reshape(n, c, h, 1, w, 1) * bits;
        if (Pool == ConvPool.Average) spread *= 0.25;
        return spread.Reshape(n, c, 2 * h, 2 * w).Pad([0, shape[3] - 2 * w, 0, shape[2] - 2 * h]);
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        if (Geometry.Groups == 1 && Pool == ConvPool.None) return Layer(x, y, 1);
        var cut = Rows(x, y, inputs: x.Length);
        cut.Inputs[2] = Cut.Whole;                                           // the weight
        return cut;
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => ConvolutionCalls.Gradients(
        Geometry, x[0], x[1].Shape, x[1], x[2].Shape, x[2], Of(outputs, Wanted.Input), Of(outputs, Wanted.Weight), Of(outputs, Wanted.Bias),
        Relu && Pool == ConvPool.None ? x[3] : null, Pool, Pool == ConvPool.None ? null : x[3]);
}
