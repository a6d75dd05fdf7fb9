namespace Candeia.Training;

/// <summary>Gives the model in the end the weights that it had after its best epoch, however the fit ended.</summary>
public sealed class KeepBest : Callback, IResumable
{
    readonly string _metric;
    readonly bool _higherIsBetter, _keepsWeights;
    readonly double _minDelta, _baseline;
    OrderedDictionary<string, Tensor> _weights = [];

    /// <param name="metric">What is watched after each epoch, by a name of <see cref="EpochResult"/>: <c>valid_loss</c>.</param>
    /// <param name="higherIsBetter">Whether the metric, like accuracy, shall grow.</param>
    /// <param name="minDelta">By how much a value must be better than the best so far; with more than 0, chance alone does not make an epoch the best.</param>
    public KeepBest(string metric = "loss", bool higherIsBetter = false, double minDelta = 0) : this(metric, higherIsBetter, minDelta, baseline: null, keepsWeights: true) { }

    /// <summary>For <see cref="EarlyStopping"/>, which may know of a best value before the first epoch, or only want to know of the best.</summary>
    internal KeepBest(string metric, bool higherIsBetter, double minDelta, double? baseline, bool keepsWeights)
    {
        if (!(minDelta >= 0)) throw new ArgumentOutOfRangeException(nameof(minDelta), minDelta, "An improvement is at least 0.");
        (_metric, _higherIsBetter, _minDelta, _baseline, _keepsWeights) = (metric, higherIsBetter, minDelta, baseline ?? double.NaN, keepsWeights);
        Value = _baseline;
    }

    /// <summary>The best epoch so far; 0 before the first.</summary>
    public int Epoch { get; private set; }

    /// <summary>The best value of the metric so far; not a number before the first.</summary>
    public double Value { get; private set; }

    /// <inheritdoc/>
    public override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Run.IsFit && e.Run.Epoch == 0) (Epoch, Value, _weights) = (0, _baseline, []);
    }

    /// <inheritdoc/>
    public override void On(EpochEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.IsWhole) Improves(e);
    }

    /// <summary>Takes note of a whole epoch, and says whether it is better than all before. One whose metric is not a number never is.</summary>
    internal bool Improves(EpochEnd e)
    {
        double value = e.Result[_metric], gain = _higherIsBetter ? value - Value : Value - value;
        bool improves = double.IsNaN(Value) ? !double.IsNaN(value) : gain > _minDelta;
        if (!improves) return false;
        (Epoch, Value) = (e.Result.Epoch, value);
        if (!_keepsWeights) return true;
        foreach (var (name, tensor) in Snapshot.Tensors(e.Run))
            if (_weights.TryGetValue(name, out var kept)) kept.CopyFrom(tensor.Detach());
            else _weights[name] = tensor.Detach().Clone().Keep();
        return true;
    }

    /// <inheritdoc/>
    public override void On(RunEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (e.Failed || !e.Run.IsFit) return;
        foreach (var (name, tensor) in Snapshot.Tensors(e.Run))
            if (_weights.TryGetValue(name, out var kept)) tensor.Detach().CopyFrom(kept);
    }

    /// <inheritdoc/>
    public void Save(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("epoch", Epoch).Set("value", Value);
        foreach (var (name, tensor) in _weights) state.In("weights").Set(name, tensor);
    }

    /// <inheritdoc/>
    public void Restore(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        (Epoch, Value, _weights) = ((int)state.Integer("epoch"), state.Number("value"), new(state.In("weights").All().Select(t => KeyValuePair.Create(t.Key, t.Value.Clone().Keep()))));
    }
}
