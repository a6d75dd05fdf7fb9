using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// (x − mean) / √(variance + ε) for each channel of [n, c, …], times a weight plus a bias. Inputs: x, mean [c], variance [c] and, if there are,
/// weight [c] and bias [c].
/// The result is channels-last in memory.
/// </summary>
/// <param name="Epsilon">Added to the variance.</param>
/// <param name="OfBatch">Whether the moments are those of x itself, so that its gradient goes through them too.</param>
public sealed record BatchNormOp(double Epsilon, bool OfBatch) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <summary>The bias is not read again.</summary>
    protected internal override bool KeepsInput(Node node, int input) => input != 4;

    /// <inheritdoc/>
    protected internal override bool Defers => true;

    /// <inheritdoc/>
    protected internal override Op? Absorb(Op next, ReadOnlySpan<Tensor> inputs) => new FusedBatchNormOp(this).Absorb(next, inputs);

    /// <inheritdoc/>
    protected internal override Tensor?[] Backward(Node node, Tensor grad)
    {
        var x = node.Inputs;
        var op = new BatchNormGradientsOp(Epsilon, OfBatch, WeightedGradientsOp.By(node, 3));
        var gradients = op.Apply(grad, x[0], x[1], x[2], x.Length > 3 ? x[3] : null);
        return [gradients[0], null, null, .. x.Length > 3 ? gradients.AsSpan(1) : []];
    }

    /// <summary>Applies the op; weight and bias come together or not at all.</summary>
    public Tensor Apply(Tensor x, Tensor mean, Tensor variance, Tensor? weight = null, Tensor? bias = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(variance);
        var layout = LayoutOf(x);
        return weight is null || bias is null ? Run(layout, x.DType, x, mean, variance) : Run(layout, x.DType, x, mean, variance, weight, bias);
    }

    /// <summary>A matrix [rows, channels] in memory.</summary>
    internal static Layout LayoutOf(Tensor x) => x.Rank > 2 ? x.Layout.LastChannels() : x.Layout.RowMajor();

    /// <inheritdoc/>
    internal override Cut? CutOf(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> y) => Cut.Rows(x, y, inputs: 1);

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => BatchNormCalls.Forward(Epsilon, x, outputs[0], Tail.Nothing);
}

public static partial class TensorOps
{
    /// <summary>
    /// Each channel of [n, c, …] with mean 0 and variance 1, then scaled and shifted: by the batch's own moments in training, by running ones
    /// otherwise (<see href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015</see>).
    /// </summary>
    /// <param name="x">[n, c, …] of two dimensions or more.</param>
    /// <param name="runningMean">The running means [c], moved in training; may be absent then. Of float16 and bfloat16 they may be float32.</param>
    /// <param name="runningVar">The running variances [c], moved in training by the unbiased one; of the same type.</param>
    /// <param name="training">Whether the batch's own mean and variance count, and not the running ones.</param>
    /// <param name="weight">The scale of each channel [c]; 1, if there is none.</param>
    /// <param name="bias">The shift of each channel [c]; 0, if there is none.</param>
    /// <param name="momentum">How much of this batch goes into the running means and variances; 0.1 is usual.</param>
    /// <param name="epsilon">Added to the variance, so that nothing is divided by 0.</param>
    /// <exception cref="ShapeException">In training, a channel has one value only; or the numbers are not one per channel.</exception>
    /// <exception cref="ArgumentException">The elements are no floating-point numbers, or running moments are missing.</exception>
    /// <example><code>
    /// Tensor x = [[1.0, 10], [3, 30]];                                         // two samples of two channels
    /// Console.WriteLine(x.BatchNorm(null, null, training: true));
    /// // → -1.0000 -1.0000
    /// // →  1.0000  1.0000
    /// // → [ float32 [2, 2] ]
    /// </code></example>
    public static Tensor BatchNorm(
        this Tensor x, Tensor? runningMean, Tensor? runningVar, bool training, Tensor? weight = null, Tensor? bias = null, double momentum = 0.1, double epsilon = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank < 2) throw new ShapeException($"BatchNorm takes [n, c, …] of at least two dimensions, not {x.Shape}.");
        if (x.Rank > 5) return x.Reshape(x.Shape[0], x.Shape[1], checked((int)x.Shape.Slice(2, x.Rank - 2).Numel)).BatchNorm(runningMean, runningVar, training, weight, bias, momentum, epsilon).Reshape(x.Shape);
        if (!x.DType.IsFloatingPoint()) throw new ArgumentException($"BatchNorm takes floating-point numbers, not {x.DType}.");
        foreach (var each in new[] { runningMean, runningVar, weight, bias })
            if (each is not null && (each.Shape != [x.Shape[1]] || each.DType != x.DType && !(each.DType == x.DType.Wide() && (each == runningMean || each == runningVar))))
                throw new ShapeException(
                    $"BatchNorm of {x.DType} {x.Shape} needs {x.DType} [{x.Shape[1]}], a number per channel, not {each.DType} {each.Shape}.");
        if (runningMean is null != runningVar is null) throw new ArgumentException("Running mean and variance come together.");
        (weight, bias) = Both(weight, bias);
        var op = new BatchNormOp(epsilon, training);
        if (!training)
        {
            if (runningMean is null || runningVar is null) throw new ArgumentException("BatchNorm in evaluation needs running moments.");
            return op.Apply(x, runningMean, runningVar, weight, bias);
        }
        long count = x.Numel / Math.Max(1, x.Shape[1]);
        if (count < 2) throw new ShapeException($"BatchNorm needs more than one value per channel in training, and {x.Shape} has {count}.");
        var (mean, variance) = new ChannelMomentsOp().Apply(x);
        if (runningMean is not null && runningVar is not null) new RunningMomentsOp(momentum, count).Apply(runningMean, runningVar, mean, variance);
        return op.Apply(x, mean, variance, weight, bias);
    }
}
