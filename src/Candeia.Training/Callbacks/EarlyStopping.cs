using System.Globalization;

namespace Candeia.Training;

/// <summary>Ends a fit when a metric has stopped improving.</summary>
/// <param name="metric">What is watched after each epoch, by a name of <see cref="EpochResult"/>: <c>valid_loss</c>.</param>
/// <param name="patience">After how many epochs in a row without improvement the fit ends; 0 means the same as 1.</param>
/// <param name="minDelta">By how much a value must be better than the best so far.</param>
/// <param name="baseline">A value that counts as the best before the first epoch.</param>
/// <param name="higherIsBetter">Whether the metric, like accuracy, shall grow.</param>
/// <param name="restoreBest">Whether the model has the weights of the best epoch in the end, as by <see cref="KeepBest"/>, which does it here too.</param>
public sealed class EarlyStopping(
    string metric = "loss", int patience = 3, double minDelta = 0, double? baseline = null, bool higherIsBetter = false, bool restoreBest = false) : Callback, IResumable
{
    readonly int _patience = patience >= 0 ? patience : throw new ArgumentOutOfRangeException(nameof(patience), patience, "Patience is a number of epochs.");
    readonly KeepBest _best = new(metric, higherIsBetter, minDelta, baseline, keepsWeights: restoreBest);
    int _waited;

    /// <inheritdoc/>
    public override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Run.IsFit) _waited = 0;
        _best.On(e);
    }

    /// <inheritdoc/>
    public override void On(EpochEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!e.IsWhole) return;
        bool improves = _best.Improves(e);
        _waited = improves ? 0 : _waited + 1;
        if (improves || _waited < _patience) return;
        string best = _best.Epoch == 0 ? "never better than the baseline" : string.Create(CultureInfo.InvariantCulture, $"best {_best.Value:G4} in epoch {_best.Epoch}");
        e.Run.Stop($"{metric} has not improved for {_waited} {(_waited == 1 ? "epoch" : "epochs")}, {best}");
    }

    /// <inheritdoc/>
    public override void On(RunEnd e) => _best.On(e);

    /// <inheritdoc/>
    public void Save(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _best.Save(state.Set("waited", _waited));
    }

    /// <inheritdoc/>
    public void Restore(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _waited = (int)state.Integer("waited");
        _best.Restore(state);
    }
}
