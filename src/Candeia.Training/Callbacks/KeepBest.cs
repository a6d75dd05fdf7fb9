namespace Candeia.Training;

/// <summary>Gives the model in the end the weights that it had after its best epoch.</summary>
/// <param name="metric">What is watched after each epoch, by a name of <see cref="EpochResult"/>: <c>valid_loss</c>.</param>
/// <param name="higherIsBetter">Whether the metric, like accuracy, shall grow.</param>
public sealed class KeepBest(string metric = "loss", bool higherIsBetter = false) : Callback, IResumable
{
    readonly BestEpoch _best = new(metric, higherIsBetter, minDelta: 0, baseline: null, keepsWeights: true);

    /// <summary>The best epoch so far; 0 before the first.</summary>
    public int Epoch => _best.Epoch;

    /// <summary>The best value of the metric so far; not a number before the first.</summary>
    public double Value => _best.Value;

    /// <inheritdoc/>
    public override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Run.Optimizers.Count > 0 && e.Run.Epoch == 0) _best.Forget();
    }

    /// <inheritdoc/>
    public override void On(EpochEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.IsWhole) _best.Observe(e.Run, e.Result);
    }

    /// <inheritdoc/>
    public override void On(RunEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!e.Failed && e.Run.Optimizers.Count > 0) _best.PutBack(e.Run);
    }

    /// <inheritdoc/>
    public void Save(SavedState state) => _best.Save(state);

    /// <inheritdoc/>
    public void Restore(SavedState state) => _best.Restore(state);
}
