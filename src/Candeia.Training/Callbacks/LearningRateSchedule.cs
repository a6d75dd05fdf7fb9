using Candeia.NN;

namespace Candeia.Training;

/// <summary>Lets a schedule set the learning rate (and momentum) of the optimizer before each batch or each epoch.</summary>
/// <example><code>
/// Layer net = new Linear(3, 1);
/// var learner = net.Setup((y, target) => y.MseLoss(target), p => new Adam(p));
/// learner.With(new LearningRateSchedule(new CosineSchedule(10), Per.Epoch));
/// learner.With(new LearningRateSchedule(steps => new OneCycleSchedule(0.01, steps), Per.Batch));
/// learner.With(new LearningRateSchedule(new ReduceOnPlateau(patience: 2), "valid_loss"));
/// </code></example>
public sealed class LearningRateSchedule : Callback, IResumable
{
    readonly Schedule? _given;
    readonly Func<int, Schedule>? _make;
    readonly Per _per;
    readonly ReduceOnPlateau? _plateau;
    readonly string _metric = "";
    readonly PlateauState _initial;
    Schedule? _schedule;

    /// <param name="schedule">The learning rate as a function of the count of batches or epochs.</param>
    /// <param name="per">What the schedule counts.</param>
    public LearningRateSchedule(Schedule schedule, Per per)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        (_given, _per) = (schedule, per);
    }

    /// <param name="schedule">Makes the schedule when the number of batches or epochs of the whole run is known.</param>
    /// <param name="per">What the schedule counts.</param>
    public LearningRateSchedule(Func<int, Schedule> schedule, Per per)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        (_make, _per) = (schedule, per);
    }

    /// <param name="plateau">Lowers the learning rate when the metric does not improve.</param>
    /// <param name="metric">What it watches after each epoch, by a name of <see cref="EpochResult"/>.</param>
    public LearningRateSchedule(ReduceOnPlateau plateau, string metric = "loss")
    {
        ArgumentNullException.ThrowIfNull(plateau);
        (_plateau, _metric, _initial) = (plateau, metric, plateau.State);
    }

    /// <summary>Which of several optimizers is meant, counted from 0; all, if none is named.</summary>
    public int? Optimizer { get; init; }

    /// <inheritdoc/>
    public override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var run = e.Run;
        if (!run.IsFit) return;
        if (Optimizer is { } index && (index < 0 || index >= run.Optimizers.Count))
            throw new InvalidOperationException($"There is no optimizer {index}: they are counted from 0, and this learner has {run.Optimizers.Count}.");
        if (_plateau is not null && run.Epoch == 0) _plateau.State = _initial;
        _schedule = _given;
        if (_make is null) return;
        int total = _per == Per.Epoch ? run.Epochs : run.TotalSteps ?? throw new InvalidOperationException(
            "The data does not know its number of batches, so no schedule can be made for them. Use a Loader or a list, count epochs, or pass a schedule instead of a function.");
        _schedule = total == 0 ? null : _make(total);
    }

    /// <inheritdoc/>
    public override void On(EpochBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (_per == Per.Epoch) Apply(e.Run, e.Epoch - 1);
    }

    /// <inheritdoc/>
    public override void On(BatchBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (_per == Per.Batch && e.Phase == Phase.Train) Apply(e.Run, e.Run.Step);
    }

    /// <inheritdoc/>
    public override void On(EpochEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (_plateau is null || !e.IsWhole) return;
        var before = _plateau.State;
        foreach (var optimizer in Meant(e.Run))
        {
            _plateau.State = before;                                        // every optimizer sees the same history
            _plateau.Observe(e.Result[_metric], optimizer);
        }
    }

    /// <inheritdoc/>
    public void Save(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (_plateau is not { State: var (best, waited, resting) }) return;
        state.Set("best", best).Set("waited", waited).Set("resting", resting);
    }

    /// <inheritdoc/>
    public void Restore(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (_plateau is not null) _plateau.State = new(state.Number("best"), (int)state.Integer("waited"), (int)state.Integer("resting"));
    }

    void Apply(Run run, int step)
    {
        if (_schedule is null) return;
        foreach (var optimizer in Meant(run)) _schedule.Apply(optimizer, step);
    }

    IEnumerable<Optimizer> Meant(Run run) => Optimizer is { } index ? [run.Optimizers[index]] : run.Optimizers;
}
