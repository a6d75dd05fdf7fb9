using Candeia.NN;

namespace Candeia.Training;

/// <summary>Raises the learning rate exponentially from batch to batch, and notes the losses, until one runs away.</summary>
internal sealed class LearningRateSweep(double from, double to, int steps) : Callback
{
    const double Forgetting = 0.9, Runaway = 4;
    readonly List<LearningRatePoint> _points = [];
    double _mean, _best = double.PositiveInfinity;

    public bool Diverged { get; private set; }

    public IReadOnlyList<LearningRatePoint> Points => _points;

    /// <summary>Several groups and optimizers keep the proportions that they began with; the first group has the rate of the sweep.</summary>
    public override void On(BatchBegin e)
    {
        double first = e.Run.Optimizers[0].Groups[0].InitialLearningRate, rate = Rate(_points.Count);
        foreach (var group in e.Run.Optimizers.SelectMany(o => o.Groups)) group.LearningRate = first > 0 ? rate * group.InitialLearningRate / first : rate;
    }

    public override void On(BatchEnd e)
    {
        _mean = Forgetting * _mean + (1 - Forgetting) * e.Loss;
        double smoothed = _mean / (1 - Math.Pow(Forgetting, _points.Count + 1));
        _points.Add(new(Rate(_points.Count), e.Loss, smoothed));
        Diverged = !double.IsFinite(e.Loss) || _points.Count > steps / 10 && smoothed > Runaway * _best && _best > 0;
        _best = Math.Min(_best, smoothed);
        if (Diverged || _points.Count == steps) e.Run.Stop("swept", urgent: true);
    }

    double Rate(int step) => from * Math.Pow(to / from, step / (steps - 1.0));
}
