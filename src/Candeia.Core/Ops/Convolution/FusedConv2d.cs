using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// A convolution, then perhaps ReLU, then perhaps pooling by 2, in one pass; for the backward pass one bit per element tells where the gradient flows.
/// In inference more follows: a batch normalization, which scales the weights as they are packed, then what is added, then ReLU6; or, after
/// ReLU, a batch normalization and the mean of 2×2. Their inputs follow those of the convolution.
/// </summary>
public sealed record FusedConv2dOp(Conv2dOp Conv) : Op
{
    /// <summary>The normalization by running moments that follows the convolution, if any.</summary>
    public BatchNormOp? Norm { get; init; }

    /// <summary>Whether the last input is added, before ReLU.</summary>
    public bool Adds { get; init; }

    /// <summary>Whether negative results become 0.</summary>
    public bool Relu { get; init; }

    /// <summary>What larger results become, after <see cref="Relu"/>.</summary>
    public double Ceiling { get; init; } = double.PositiveInfinity;

    /// <summary>The normalization by running moments that follows ReLU, if any. Since it is a line, it comes after the mean of 2×2 as well as before.</summary>
    public BatchNormOp? Last { get; init; }

    /// <summary>The pooling of 2×2 pixels that follows, if any.</summary>
    public ConvPool Pool { get; init; }

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Relu && Pool == ConvPool.None ? Keeps.Inputs | Keeps.Output : Keeps.Inputs;

    /// <summary>A factor is read only for the other's gradient, and the bias never.</summary>
    protected internal override bool KeepsInput(Node node, int input) => WeightedGradientsOp.ReadsFactor(node, input);

    /// <summary>Not where more than ReLU and pooling follows: what the gradient needs is never computed.</summary>
    protected internal override bool IsDifferentiable => Norm is null && Last is null && !Adds && double.IsPositiveInfinity(Ceiling);

    /// <inheritdoc/>
    protected internal override Op? Absorb(Op next, ReadOnlySpan<Tensor> inputs)
    {
        bool isOpen = !Relu && Pool == ConvPool.None, pools = Pool == ConvPool.None && !Adds && double.IsPositiveInfinity(Ceiling);
        return next switch
        {
            BatchNormOp { OfBatch: false } norm when Norm is null && isOpen && !Adds => this with { Norm = norm },
            BatchNormOp { OfBatch: false } norm when Norm is null && Relu && pools && Last is null => this with { Last = norm },
            AddOp when isOpen && !Adds && Tail.Fits(inputs) => this with { Adds = true },
            ReluOp when isOpen => this with { Relu = true },
            ClampOp { Min: 0, Max: > 0 } bounds when isOpen => this with { Relu = true, Ceiling = bounds.Max },
            AvgPool2dOp { IsHalving: true } when pools => this with { Pool = ConvPool.Average },
            MaxPool2dOp { IsHalving: true } when pools && Last is null => this with { Pool = ConvPool.Max },
            _ => null,
        };
    }

    /// <summary>
    /// With pooling, the bits that tell where the gradient flows: for each pooled pixel and block of 32 channels four words of 32 bits, one for each
    /// of the 2×2 pixels, row by row; bit j is that of channel j of the block. Each group begins a block of its own, unless every channel is one.
    /// </summary>
    protected internal override TensorSpec[] Saves(ReadOnlySpan<Tensor> x)
    {
        if (Pool == ConvPool.None) return [];
        var shape = Conv.Geometry.On(x[0].Shape, x[1].Shape);
        return [new([shape.Batch, shape.OutHeight / 2, shape.OutWidth / 2, Mask.Blocks(shape) * Mask.Bytes], DType.UInt8)];
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) =>
        new Conv2dGradientsOp(Conv.Geometry, WeightedGradientsOp.By(node)) { Relu = Relu, Pool = Pool }.Apply(
            grad, node.Inputs[0], node.Inputs[1], node.Inputs.Length > 2 ? node.Inputs[2] : null,
                Pool != ConvPool.None ? node.Saved[0] : Relu ? node.Output : null);

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var cut = Conv.Geometry.Groups == 1 && Pool == ConvPool.None ? Cut.Layer(x, y, 1) : Cut.Rows(x, y, inputs: 1);
        if (Adds) cut.Inputs[^1] = cut.Outputs[0];
        return cut;
    }

    /// <summary>What is added is added to what has been rounded.</summary>
    internal override bool RoundsBetween => Adds;

    /// <inheritdoc/>
    internal override Tensor OneByOne(ReadOnlySpan<Tensor> x)
    {
        var y = Device.Cpu.Empty(Layout.ChannelsLast(Conv.Geometry.Output(x[0].Shape, x[1].Shape, null)), x[0].DType);
        Widening.Compute(new FusedConv2dOp(Conv) { Norm = Norm }, x[..^1], [y], isInPlace: false);
        return new Tail(Relu, Ceiling, ConvPool.None).OneByOne(y + x[^1]);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var added = Adds ? x[^1] : null;
        if (Adds) x = x[..^1];
        int own = Norm is null && Last is null ? x.Length : 2 + x.Length % 2;                // inputs of the convolution; a normalization has 2 or 4 of its own
        var bias = own > 2 ? x[2] : null;
        Tail tail = new(Relu, Ceiling, Pool);
        if (Norm is { } norm) ConvolutionCalls.ForwardNormalized(Conv.Geometry, x[0], x[1], bias, x[own..], norm.Epsilon, outputs[0], tail, added);
        else ConvolutionCalls.Forward(Conv.Geometry, x[0], x[1], bias, outputs[0], tail, outputs.Length > 1 ? outputs[1] : null, added);
        if (Last is { } last) BatchNormCalls.Forward(last.Epsilon, [outputs[0], .. x[own..]], outputs[0], Tail.Nothing);
    }
}
