namespace Candeia.NN;

/// <summary>
/// Each channel of each sample with mean 0 and variance 1, then, if asked, scaled and shifted by learnt numbers (<see
/// href="https://arxiv.org/abs/1607.08022">Ulyanov et al. 2016</see>).
/// </summary>
public abstract class InstanceNorm : Layer
{
    readonly int _features, _dims;
    readonly double _epsilon, _momentum;
    readonly bool _tracks;

    private protected InstanceNorm(int dims, int features, double epsilon, double momentum, bool affine, bool trackRunningStats)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        (_dims, _features, _epsilon, _momentum, _tracks) = (dims, features, epsilon, momentum, trackRunningStats);
        if (affine) (Weight, Bias) = (Parameter.Of(Tensor.Ones([features])), Parameter.Of(Tensor.Zeros([features])));
        if (trackRunningStats) (RunningMean, RunningVar, NumBatchesTracked) = (Tensor.Zeros([features]).Keep(), Tensor.Ones([features]).Keep(), Tensor.Zeros([], DType.Int64).Keep());
    }

    /// <summary>The scale of each channel.</summary>
    public Tensor? Weight { get; set; }

    /// <summary>The shift of each channel.</summary>
    public Tensor? Bias { get; set; }

    /// <summary>The mean of each channel over recent batches, if it is tracked.</summary>
    [Buffer(Precise = true)]
    public Tensor? RunningMean { get; set; }

    /// <summary>The variance of each channel over recent batches, if it is tracked.</summary>
    [Buffer(Precise = true)]
    public Tensor? RunningVar { get; set; }

    /// <summary>A counter that PyTorch's state dicts have and that nothing counts, here and there.</summary>
    [Buffer(OnHost = true)]
    public Tensor? NumBatchesTracked { get; set; }

    /// <inheritdoc/>
    protected internal override string Details => $"{_features}";

    /// <inheritdoc/>
    public sealed override Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank == _dims + 1) return Forward(x.Unsqueeze(0)).Squeeze(0);
        if (x.Rank != _dims + 2 || x.Shape[1] != _features) throw new ShapeException($"{GetType().Name} of {_features} channels does not take {x.Shape}.");
        if (_tracks && !IsTraining) return x.BatchNorm(RunningMean, RunningVar, training: false, Weight, Bias, 0, _epsilon);
        int places = checked((int)x.Shape.Slice(2, _dims).Numel);
        if (places < 2) throw new ShapeException($"{GetType().Name} needs more than one value per channel, and {x.Shape} has one.");
        if (_tracks) Track(x.Detach().Flatten(2));
        return x.GroupNorm(_features, Weight, Bias, _epsilon);
    }

    /// <summary>The means over the samples of their own moments, as PyTorch tracks them.</summary>
    void Track(Tensor x)
    {
        using var _ = Autograd.NoGrad();
        RunningMean!.CopyFrom(RunningMean! * (1 - _momentum) + x.Mean(2).Mean(0) * _momentum);
        RunningVar!.CopyFrom(RunningVar! * (1 - _momentum) + x.Var([2]).Mean(0) * _momentum);
    }
}
