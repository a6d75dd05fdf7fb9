using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// −log of the probability of a label sequence, over all ways to align it with more steps: a label may last several steps, and blanks may stand between labels.
/// Inputs: log probabilities [t, n, classes], labels [n, s], how many steps and how many labels count [n], all but the first int64.
/// </summary>
/// <param name="Blank">The class of the blank.</param>
/// <param name="ZeroInfinity">Whether sequences that cannot be aligned cost nothing, instead of infinitely much.</param>
public sealed record CtcOp(int Blank, bool ZeroInfinity) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad) =>
        [new CtcGradientOp(this).Apply(grad, node.Inputs[0], node.Inputs[1], node.Inputs[2], node.Inputs[3]), null, null, null];

    /// <summary>Applies the op: the losses [n].</summary>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public Tensor Apply(Tensor x, Tensor labels, Tensor steps, Tensor counts)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(counts);
        if (x.Rank != 3 || labels.Rank != 2 || labels.Shape[0] != x.Shape[1] || steps.Shape != [x.Shape[1]] || counts.Shape != steps.Shape)
            throw new ShapeException($"{Name} takes log probabilities [t, n, classes], labels [n, s] and lengths [n], not {x.Shape}, {labels.Shape}, {steps.Shape} and {counts.Shape}.");
        if (!x.DType.IsFloatingPoint() || labels.DType != DType.Int64 || steps.DType != DType.Int64 || counts.DType != DType.Int64)
            throw new ArgumentException(
                $"{Name} takes floating-point log probabilities, and labels and lengths as int64, "
                + $"not {x.DType}, {labels.DType}, {steps.DType} and {counts.DType}; convert with To(dtype).");
        if (Blank < 0 || Blank >= x.Shape[2]) throw new ArgumentOutOfRangeException(nameof(x), $"The blank {Blank} is none of {x.Shape[2]} classes.");
        return Run([x.Shape[1]], x.DType, x, labels, steps, counts);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => CtcCalls.Losses(Blank, ZeroInfinity, x, outputs[0]);
}

/// <summary>The gradient of the log probabilities of a <see cref="CtcOp"/>: −(the probability that an alignment has this class at this step) · gradient.</summary>
/// <param name="Loss">The op.</param>
public sealed record CtcGradientOp(CtcOp Loss) : GradientOp
{
    /// <summary>Applies the op.</summary>
    public Tensor Apply(Tensor grad, Tensor x, Tensor labels, Tensor steps, Tensor counts)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Run(x.Layout.RowMajor(), x.DType, grad, x, labels, steps, counts);
    }

    /// <inheritdoc/>
    protected internal override Tensor[] Compose(ReadOnlySpan<Tensor> x)
    {
        bool createGraph = Autograd.Enabled;
        using var grad = Autograd.EnableGrad();
        var scores = x[1];
        if (!scores.RequiresGrad)
        {
            scores = scores.Detach();
            scores.RequiresGrad = true;
        }
        var wide = scores.DType.Wide();
        return Autograd.Gradients(Losses(scores.To(wide), x[2], x[3], x[4]), [scores], x[0].To(wide), createGraph);
    }

    /// <summary>The losses by other ops: step by step, for all sequences at once. What cannot be is −10³⁰, whose exponential is 0 and has a gradient.</summary>
    Tensor Losses(Tensor x, Tensor labels, Tensor steps, Tensor counts)
    {
        const double Never = -1e30;
        int n = x.Shape[1], s = labels.Shape[1], states = 2 * s + 1;
        var places = Tensor.Arange(states, device: x.Device);
        var odd = places.Remainder(2).Eq(1).Expand([n, states]);
        var known = s == 0 ? Tensor.Full([n, 1], Loss.Blank, DType.Int64, x.Device) : labels;
        var at = (places / 2).To(DType.Int64).Minimum(Math.Max(0, s - 1)).Expand([n, states]);
        var spelled = known.Gather(1, at);
        var extended = odd.Where(spelled.Clamp(0, x.Shape[2] - 1), Tensor.Full([n, states], Loss.Blank, DType.Int64, x.Device));
        var before = Tensor.Cat([Tensor.Full([n, 2], Loss.Blank, DType.Int64, x.Device), extended], 1).Narrow(1, 0, states);
        var skips = odd & extended.Ne(before) & (places >= 2);
        Tensor Moved(Tensor a, int by) => Tensor.Cat([Tensor.Full([n, by], Never, x.DType, x.Device), a], 1).Narrow(1, 0, states);
        Tensor Emitted(int t) => x[t].Gather(1, extended);
        var alpha = (places < 2).Expand([n, states]).Where(Emitted(0), Tensor.Full([n, states], Never, x.DType, x.Device));
        for (int t = 1; t < x.Shape[0]; t++)
        {
            var two = skips.Where(Moved(alpha, 2), Tensor.Full([n, states], Never, x.DType, x.Device));
            var next = Tensor.Stack([alpha, Moved(alpha, 1), two], 0).LogSumExp([0]) + Emitted(t);
            alpha = (steps > t).Unsqueeze(1).Where(next, alpha);
        }
        var last = alpha.Gather(1, (counts * 2).Unsqueeze(1));
        var other = (counts > 0).Unsqueeze(1).Where(alpha.Gather(1, (counts * 2 - 1).Maximum(0).Unsqueeze(1)), Tensor.Full([n, 1], Never, x.DType, x.Device));
        return -Tensor.Cat([last, other], 1).LogSumExp([1]);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => CtcCalls.Gradients(Loss.Blank, Loss.ZeroInfinity, x, outputs[0]);
}
