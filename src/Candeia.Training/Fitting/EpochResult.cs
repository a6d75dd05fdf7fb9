namespace Candeia.Training;

/// <summary>What an epoch, counted from 1, has brought.</summary>
public sealed record EpochResult(int Epoch, PhaseResult Train, PhaseResult? Valid, double Seconds, double LearningRate)
{
    /// <summary>
    /// A number by its name: <c>valid_loss</c>, <c>train_mae</c>; without <c>train_</c> or <c>valid_</c> in front that of validation, or of training
    /// where nothing was validated.
    /// </summary>
    /// <exception cref="KeyNotFoundException">There is no such number; the message lists those that there are.</exception>
    public double this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            var (result, metric) = name.StartsWith("train_", StringComparison.Ordinal) ? (Train, name[6..])
                : name.StartsWith("valid_", StringComparison.Ordinal) ? (Valid, name[6..]) : (Valid ?? Train, name);
            if (metric == "loss" && result is not null) return result.Loss;
            if (result is not null && result.Metrics.TryGetValue(metric, out double value)) return value;
            throw new KeyNotFoundException($"Epoch {Epoch} has no {name}; it has {string.Join(", ", Names())}.");
        }
    }

    IEnumerable<string> Names() => Train.Metrics.Keys.Prepend("loss").Select(n => $"train_{n}").Concat(Valid?.Metrics.Keys.Prepend("loss").Select(n => $"valid_{n}") ?? []);
}
