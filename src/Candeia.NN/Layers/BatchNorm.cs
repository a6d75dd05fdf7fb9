namespace Candeia.NN;

/// <summary>
/// Each channel with mean 0 and variance 1, then scaled and shifted by learnt numbers: over the batch in training, by running statistics in evaluation
/// (<see href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015</see>).
/// </summary>
public abstract class BatchNorm : Layer
{
    readonly double _epsilon;
    readonly double? _momentum;
    readonly bool _tracks;

    private protected BatchNorm(int features, double epsilon, double? momentum, bool affine, bool trackRunningStats)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        (_epsilon, _momentum, _tracks, Features) = (epsilon, momentum, trackRunningStats, features);
        if (affine) (Weight, Bias) = (Parameter.Of(Tensor.Ones([features])), Parameter.Of(Tensor.Zeros([features])));
        if (trackRunningStats) (RunningMean, RunningVar, NumBatchesTracked) = (Tensor.Zeros([features]).Keep(), Tensor.Ones([features]).Keep(), Tensor.Zeros([], DType.Int64).Keep());
    }

    /// <summary>The number of channels.</summary>
    public int Features { get; }

    /// <summary>The scale of each channel.</summary>
    public Tensor? Weight { get; set; }

    /// <summary>The shift of each channel.</summary>
    public Tensor? Bias { get; set; }

    /// <summary>The mean of each channel over recent batches.</summary>
    [Buffer]
    public Tensor? RunningMean { get; set; }

    /// <summary>The variance of each channel over recent batches.</summary>
    [Buffer]
    public Tensor? RunningVar { get; set; }

    /// <summary>How many batches the statistics have seen.</summary>
    [Buffer]
    public Tensor? NumBatchesTracked { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => $"{Features}";

    private protected abstract bool Takes(int rank);

    /// <inheritdoc/>
    public sealed override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!Takes(x.Rank) || x.Shape[1] != Features) throw new ShapeException($"{GetType().Name} of {Features} channels does not take {x.Shape}.");
        int[] others = [.. Enumerable.Range(0, x.Rank).Where(d => d != 1)];
        Shape channel = [.. x.Shape.Select((_, d) => d == 1 ? Features : 1)];
        bool measures = IsTraining || !_tracks;
        if (measures && x.Numel / Features < 2) throw new ShapeException($"{GetType().Name} needs more than one value per channel in training, and {x.Shape} has one.");
        var mean = measures ? x.Mean(others, keepDim: true) : RunningMean!.Reshape(channel);
        var centred = x - mean;
        var variance = measures ? centred.Square().Mean(others, keepDim: true) : RunningVar!.Reshape(channel);
        if (IsTraining && _tracks) Track(mean.Detach(), variance.Detach(), x.Numel / Features);
        var scale = (variance + _epsilon).Rsqrt();
        return Weight is null ? centred * scale : centred * (scale * Weight.Reshape(channel)) + Bias!.Reshape(channel);
    }

    /// <summary>Moves the running statistics; without a momentum they are the mean over all batches. The variance is the unbiased one.</summary>
    void Track(Tensor mean, Tensor variance, long count)
    {
        using var _ = Autograd.NoGrad();
        long batches = (long)NumBatchesTracked! + 1;
        NumBatchesTracked!.Fill(batches);
        double step = _momentum ?? 1.0 / batches;
        RunningMean![..] = RunningMean * (1 - step) + mean.Reshape(Features) * step;
        RunningVar![..] = RunningVar * (1 - step) + variance.Reshape(Features) * (step * count / (count - 1));
    }
}
