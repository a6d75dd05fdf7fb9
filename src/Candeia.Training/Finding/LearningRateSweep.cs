using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Raises the learning rate from batch to batch, by a factor or by an amount, and notes the losses, until one runs away. A loss is read when the next batch has been
/// given to the device, so that nobody waits; a batch that came after one that ran away is not noted.
/// </summary>
internal sealed class LearningRateSweep(double from, double to, int steps, bool linear) : Callback
{
    const double Forgetting = 0.9, Runaway = 4;
    readonly List<LearningRatePoint> _points = [];
    BatchEnd? _unread;
    double _mean, _best = double.PositiveInfinity;
    int _begun;

    public bool Diverged { get; private set; }

    public IReadOnlyList<LearningRatePoint> Points => _points;

    /// <summary>Several groups and optimizers keep the proportions that they began with; the first group has the rate of the sweep.</summary>
    public override void On(BatchBegin e)
    {
        double first = e.Run.Optimizers[0].Groups[0].InitialLearningRate, rate = Rate(_begun++);
        foreach (var group in e.Run.Optimizers.SelectMany(o => o.Groups)) group.LearningRate = first > 0 ? rate * group.InitialLearningRate / first : rate;
    }

    public override void On(BatchEnd e)
    {
        Read();
        if (!Diverged) _unread = e;
        if (_begun == steps || e.Result.Loss?.Device == Device.Cpu) Read();  // what is known already need not wait
        if (Diverged || _points.Count == steps) e.Run.Stop("swept", urgent: true);
    }

    public override void On(RunEnd e) => Read();

    void Read()
    {
        if (_unread is not { Loss: var loss }) return;
        _unread = null;
        _mean = Forgetting * _mean + (1 - Forgetting) * loss;
        double smoothed = _mean / (1 - Math.Pow(Forgetting, _points.Count + 1));
        _points.Add(new(Rate(_points.Count), loss, smoothed));
        Diverged = !double.IsFinite(loss) || _points.Count > steps / 10 && smoothed > Runaway * _best && _best > 0;
        _best = Math.Min(_best, smoothed);
    }

    double Rate(int step)
    {
        double part = step / (steps - 1.0);
        return linear ? from + (to - from) * part : from * Math.Pow(to / from, part);
    }
}
