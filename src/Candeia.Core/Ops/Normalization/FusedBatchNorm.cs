using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// A batch normalization, then perhaps a tensor of the same shape added, then perhaps ReLU or ReLU6, then perhaps pooling by 2, in one pass. What lies
/// between is never stored: the backward pass computes it again from x, or, where something was added, reads the result. Inputs: those of the
/// normalization, then what is added.
/// </summary>
public sealed record FusedBatchNormOp(BatchNormOp Norm) : Op
{
    static readonly ReluGradientOp s_relu = new();

    /// <summary>Whether the last input is added.</summary>
    public bool Adds { get; init; }

    /// <summary>Whether negative results become 0.</summary>
    public bool Relu { get; init; }

    /// <summary>What larger results become, after <see cref="Relu"/>.</summary>
    public double Ceiling { get; init; } = double.PositiveInfinity;

    /// <summary>The pooling of 2×2 pixels that follows, if any; nothing is added then.</summary>
    public ConvPool Pool { get; init; }

    Tail Tail => new(Relu, Ceiling, Pool);

    /// <inheritdoc/>
    protected internal override Keeps Keeps => Adds && Relu ? Keeps.Inputs | Keeps.Output : Keeps.Inputs;

    /// <summary>What is added is not read again, and the bias only where values are computed again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input < (Adds || Tail.IsLinear ? 4 : 5);

    /// <inheritdoc/>
    protected internal override bool Defers => true;

    /// <inheritdoc/>
    protected internal override Op? Absorb(Op next, ReadOnlySpan<Tensor> inputs)
    {
        if (Pool != ConvPool.None) return null;
        return next switch
        {
            AddOp when !Adds && !Relu && Tail.Fits(inputs) => this with { Adds = true },
            ReluOp when !Relu => this with { Relu = true },
            ClampOp { Min: 0, Max: > 0, PassesAtBounds: false } bounds when !Relu => this with { Relu = true, Ceiling = bounds.Max },
            AvgPool2dOp { IsHalving: true } when !Adds => this with { Pool = ConvPool.Average },
            MaxPool2dOp { IsHalving: true } when !Adds => this with { Pool = ConvPool.Max },
            _ => null,
        };
    }

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        var x = node.Inputs;
        int own = Adds ? x.Length - 1 : x.Length;
        if (Adds && Relu) grad = double.IsPositiveInfinity(Ceiling) ? s_relu.Apply(grad, node.Output) : new ClampGradientOp(0, Ceiling, false).Apply(grad, node.Output);
        var wanted = own > 3 ? WeightedGradientsOp.By(node, 3) : node.Needs(0) ? Wanted.Input : Wanted.Nothing;
        var op = new BatchNormGradientsOp(Norm.Epsilon, Norm.OfBatch, wanted);
        if (!Adds) op = op with { Relu = Relu, Ceiling = Ceiling, Pool = Pool };
        var gradients = op.Apply(grad, x[0], x[1], x[2], own > 3 ? x[3] : null, own > 3 && !Adds && !Tail.IsLinear ? x[4] : null);
        return [gradients[0], null, null, .. own > 3 ? gradients.AsSpan(1) : [], .. Adds ? [grad] : Array.Empty<Tensor?>()];
    }

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y)
    {
        var cut = Cut.Rows(x, y, inputs: 1);
        if (Adds) cut.Inputs[^1] = cut.Inputs[0];
        return cut;
    }

    /// <summary>A bound and the greatest of four may come before the rounding as well as after it, a sum and a mean may not.</summary>
    internal override bool RoundsBetween => Adds || Pool == ConvPool.Average;

    /// <inheritdoc/>
    internal override Tensor OneByOne(ReadOnlySpan<Tensor> x)
    {
        var own = Adds ? x[..^1] : x;
        var y = Norm.Apply(own[0], own[1], own[2], own.Length > 3 ? own[3] : null, own.Length > 3 ? own[4] : null);
        if (Adds) y += x[^1];
        return Tail.OneByOne(y);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        BatchNormCalls.Forward(Norm.Epsilon, Adds ? x[..^1] : x, outputs[0], Tail, Adds ? x[^1] : null);
}
