using System.Diagnostics;
using Candeia.Data;

namespace Candeia.Training;

/// <summary>What a pass over data has counted so far. All of it can be set, so that a pass can begin in its middle.</summary>
internal sealed class Tally
{
    readonly Stopwatch _watch = Stopwatch.StartNew();
    readonly OrderedDictionary<string, double> _means = [];
    readonly Dictionary<string, object> _details = [];

    /// <summary>The present batch, counted from 1: as many have been begun.</summary>
    public int Batch { get; set; }

    /// <summary>The sum of the losses, each times the size of its batch.</summary>
    public double Loss { get; set; }

    public long Samples { get; set; }

    /// <summary>What was recorded: sums, and the weights to divide them by.</summary>
    public OrderedDictionary<string, (double Sum, double Weight)> Sums { get; } = [];

    /// <summary>Time that was spent on this pass in an earlier process.</summary>
    public double SecondsBefore { get; set; }

    public double Seconds => SecondsBefore + _watch.Elapsed.TotalSeconds;

    /// <summary>Called once the data stand at the first batch that is still to come, before it is made.</summary>
    public Action? Positioned { get; set; }

    /// <summary>The loss and what was recorded, once the data are through; null if there was no batch.</summary>
    public PhaseResult? Result { get; private set; }

    /// <summary>Whether the callbacks have been told of the end, so that nothing more is recorded.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether the pass ended before its data did.</summary>
    public bool IsCut { get; set; }

    public void Add(Batch batch, double loss)
    {
        Samples += batch.Size;
        Loss += loss * batch.Size;
    }

    public void Record(string name, double value, double weight, object? detail)
    {
        var (sum, weights) = Sums.GetValueOrDefault(name);
        Sums[name] = (sum + value * weight, weights + weight);
        if (detail is not null) _details[name] = detail;
        if (Result is not null) _means[name] = Mean(name);
    }

    /// <summary>Makes the result. What callbacks record when they are told of it still becomes part of it.</summary>
    public PhaseResult? Close()
    {
        foreach (string name in Sums.Keys) _means[name] = Mean(name);
        return Result = Samples == 0 ? null : new(Loss / Samples, _means, Samples, Seconds) { Details = _details };
    }

    double Mean(string name) => Sums[name].Sum / Sums[name].Weight;

    /// <summary>The data without the batches that have been counted before. A loader need not make those; other sources are asked for them again.</summary>
    public IEnumerable<Batch> Rest(IEnumerable<Batch> data) => Batch == 0 ? data : data is Loader<Batch> loader ? loader.From(Batch) : Skipping(data);

    IEnumerable<Batch> Skipping(IEnumerable<Batch> data)
    {
        using var batches = data.GetEnumerator();
        for (int i = 0, count = Batch; i < count; i++)
            if (!batches.MoveNext()) yield break;
        Positioned?.Invoke();
        while (batches.MoveNext()) yield return batches.Current;
    }
}
