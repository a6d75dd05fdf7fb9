namespace Candeia.NN;

/// <summary>
/// Each channel with mean 0 and variance 1, then scaled and shifted by learnt numbers: over the batch in training, by running statistics in
/// evaluation (<see href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015</see>).
/// </summary>
public abstract class BatchNorm : Layer
{
    readonly double _epsilon;
    readonly bool _tracks;

    private protected BatchNorm(int features, double epsilon, double? momentum, bool affine, bool trackRunningStats)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        (_epsilon, Momentum, _tracks, Features) = (epsilon, momentum, trackRunningStats, features);
        if (affine) (Weight, Bias) = (Parameter.Of(Tensor.Ones([features])), Parameter.Of(Tensor.Zeros([features])));
        if (trackRunningStats) (RunningMean, RunningVar, NumBatchesTracked) = (Tensor.Zeros([features]).Keep(), Tensor.Ones([features]).Keep(), Tensor.Zeros([], DType.Int64).Keep());
    }

    /// <summary>The number of channels.</summary>
    public int Features { get; }

    /// <summary>The weight of a batch in the statistics; null gives all batches the same.</summary>
    internal double? Momentum { get; set; }

    /// <summary>The scale of each channel.</summary>
    public Tensor? Weight { get; set; }

    /// <summary>The shift of each channel.</summary>
    public Tensor? Bias { get; set; }

    /// <summary>The mean of each channel over recent batches.</summary>
    [Buffer(Precise = true)]
    public Tensor? RunningMean { get; set; }

    /// <summary>The variance of each channel over recent batches.</summary>
    [Buffer(Precise = true)]
    public Tensor? RunningVar { get; set; }

    /// <summary>How many batches the statistics have seen: counted on the CPU, so that no batch has to wait for a device.</summary>
    [Buffer(OnHost = true)]
    public Tensor? NumBatchesTracked { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => $"{Features}";

    private protected abstract bool Takes(int rank);

    /// <inheritdoc/>
    public sealed override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!Takes(x.Rank) || x.Shape[1] != Features) throw new ShapeException($"{GetType().Name} of {Features} channels does not take {x.Shape}.");
        if (!IsTraining) return x.BatchNorm(RunningMean, RunningVar, training: !_tracks, Weight, Bias, 0, _epsilon);
        long batches = 0;
        if (_tracks) NumBatchesTracked!.Write<long>(count => batches = ++count[0]);
        if (Shared.Sum is { } sum) return Together(x, sum, _tracks ? Momentum ?? 1.0 / batches : 0);
        return x.BatchNorm(RunningMean, RunningVar, training: true, Weight, Bias, _tracks ? Momentum ?? 1.0 / batches : 0, _epsilon);
    }

    /// <summary>By the moments of a batch of which this is a share: counts, sums and squares are added up over all shares, and so are their gradients.</summary>
    Tensor Together(Tensor x, Func<Tensor, Tensor> sum, double momentum)
    {
        int[] others = [0, .. Enumerable.Range(2, x.Rank - 2)];
        Shape channel = [.. x.Shape.Select((size, d) => d == 1 ? size : 1)];
        double count = sum(Tensor.Scalar((double)(x.Numel / Features), DType.Float64)).Item();
        if (count < 2) throw new ShapeException($"BatchNorm needs more than one value per channel in training, and the batch has {count:F0}.");
        var mean = sum(x.Sum(others)) / count;
        var centred = x - mean.Reshape(channel);
        var variance = sum(centred.Square().Sum(others)) / count;
        if (RunningMean is not null && RunningVar is not null)
            new RunningMomentsOp(momentum, (long)count).Apply(RunningMean, RunningVar, mean.Detach(), variance.Detach());
        var y = centred * (variance + _epsilon).Rsqrt().Reshape(channel);
        if (Weight is not null) y *= Weight.Reshape(channel);
        return Bias is null ? y : y + Bias.Reshape(channel);
    }
}
