namespace Candeia.Training;

/// <summary>The best epoch by a metric, and if wanted the weights that the model had then.</summary>
internal sealed class BestEpoch(string metric, bool higherIsBetter, double minDelta, double? baseline, bool keepsWeights)
{
    readonly double _minDelta = minDelta >= 0 ? minDelta : throw new ArgumentOutOfRangeException(nameof(minDelta), minDelta, "An improvement is at least 0.");
    OrderedDictionary<string, Tensor> _weights = [];

    /// <summary>The number of the epoch; 0 before the first that counts.</summary>
    public int Epoch { get; private set; }

    public double Value { get; private set; } = baseline ?? double.NaN;

    public void Forget() => (Epoch, Value, _weights) = (0, baseline ?? double.NaN, []);

    /// <summary>Takes note of an epoch, and says whether it is better than all before. One whose metric is not a number never is.</summary>
    public bool Observe(Run run, EpochResult result)
    {
        double value = result[metric], gain = higherIsBetter ? value - Value : Value - value;
        bool improves = double.IsNaN(Value) ? !double.IsNaN(value) : gain > _minDelta;
        if (!improves) return false;
        (Epoch, Value) = (result.Epoch, value);
        if (!keepsWeights) return true;
        foreach (var (name, tensor) in Snapshot.Tensors(run))
            if (_weights.TryGetValue(name, out var kept)) kept.CopyFrom(tensor.Detach());
            else _weights[name] = tensor.Detach().Clone().Keep();
        return true;
    }

    /// <summary>Gives the model the weights of the best epoch; if there was none, it keeps its own.</summary>
    public void PutBack(Run run)
    {
        foreach (var (name, tensor) in Snapshot.Tensors(run))
            if (_weights.TryGetValue(name, out var kept)) tensor.Detach().CopyFrom(kept);
    }

    public void Save(SavedState state)
    {
        state.Set("epoch", Epoch).Set("value", Value);
        foreach (var (name, tensor) in _weights) state.In("weights").Set(name, tensor);
    }

    public void Restore(SavedState state) =>
        (Epoch, Value, _weights) = ((int)state.Integer("epoch"), state.Number("value"), new(state.In("weights").All().Select(t => KeyValuePair.Create(t.Key, t.Value.Clone().Keep()))));
}
