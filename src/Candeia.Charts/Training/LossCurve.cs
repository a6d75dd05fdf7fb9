using Candeia.Training;

namespace Candeia.Charts;

/// <summary>The loss of a run so far, batch by batch as a running mean, and epoch by epoch on the validation data. It stays small however long the run.</summary>
internal sealed class LossCurve
{
    const int Most = 600;
    readonly List<(double Epoch, double Loss)> _train = [], _valid = [];
    readonly List<BatchEnd> _unread = [];
    double _mean, _weight;
    int _every = 1, _count;

    /// <summary>Starts anew, with the epochs that a run goes on from.</summary>
    public void Begin(Run run)
    {
        _train.Clear();
        _valid.Clear();
        _unread.Clear();
        (_mean, _weight, _every, _count) = (0, 0, 1, 0);
        foreach (var epoch in run.History.Epochs) Add(epoch);
    }

    /// <summary>Takes note of a training batch, whose loss is read when something is drawn: a device may still be computing it.</summary>
    public void Add(BatchEnd e)
    {
        if (e.Phase != Phase.Train || e.Run.TrainBatches is not > 0) return;
        _unread.Add(e);
        if (_unread.Count == 64) Read();
    }

    void Read()
    {
        foreach (var e in _unread) Read(e);
        _unread.Clear();
    }

    void Read(BatchEnd e)
    {
        if (!double.IsFinite(e.Loss)) return;
        (_mean, _weight) = (0.95 * _mean + 0.05 * e.Loss, 0.95 * _weight + 0.05);
        if (++_count % _every != 0) return;
        _train.Add((e.Epoch - 1 + (double)e.Batch / e.Run.TrainBatches!.Value, _mean / _weight));
        if (_train.Count < Most) return;
        for (int i = _train.Count - 2; i >= 0; i -= 2) _train.RemoveAt(i);
        _every *= 2;
    }

    /// <summary>Takes note of an epoch.</summary>
    public void Add(EpochResult epoch)
    {
        Read();
        if (_count == 0) _train.Add((epoch.Epoch, epoch.Train.Loss));        // nobody knows how many batches there are
        if (epoch.Valid is { } valid) _valid.Add((epoch.Epoch, valid.Loss));
    }

    public LineChart Chart()
    {
        Read();
        List<Series> series = [new("train", [.. _train.Select(p => p.Epoch)], [.. _train.Select(p => p.Loss)]) { Hue = Hue.Blue }];
        if (_valid.Count > 0) series.Add(new("valid", [.. _valid.Select(p => p.Epoch)], [.. _valid.Select(p => p.Loss)]) { Hue = Hue.Orange });
        double[] losses = [.. series.SelectMany(s => s.Y).Where(double.IsFinite)];
        return new("", series)
        {
            X = "epoch",
            Y = new Axis("loss") { Log = losses.Length > 0 && losses.Min() > 0 && losses.Max() / losses.Min() > 10 },
        };
    }
}
