using System.Diagnostics;
using Candeia.Data;

namespace Candeia.Training;

/// <summary>What a pass over data has counted so far. All of it can be set, so that a pass can begin in its middle.</summary>
internal sealed class Tally
{
    readonly Stopwatch _watch = Stopwatch.StartNew();
    readonly OrderedDictionary<string, double> _means = [];
    readonly Dictionary<string, object> _details = [];
    readonly Dictionary<string, object?> _tellers = [];

    /// <summary>The present batch, counted from 1: as many have been begun.</summary>
    public int Batch { get; set; }

    /// <summary>The losses, each by the size of its batch.</summary>
    public Readings Losses { get; } = new(width: 1);

    /// <summary>How many samples there were.</summary>
    public long Samples { get; set; }

    /// <summary>What was recorded, each number by its weight.</summary>
    public OrderedDictionary<string, Readings> Recorded { get; } = [];

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

    public void Add(int samples, Tensor? loss)
    {
        Samples += samples;
        if (loss is null) Losses.Add(samples, double.NaN);
        else Losses.Add(samples, loss);
    }

    /// <summary>The row of numbers of a name, which belongs to who named it first.</summary>
    /// <exception cref="InvalidOperationException">Another one records under this name.</exception>
    public Readings Under(string name, object? teller, object? detail)
    {
        if (name == "loss") throw new InvalidOperationException("The loss of the step is recorded as loss already: take another name.");
        if (!_tellers.TryAdd(name, teller) && !ReferenceEquals(_tellers[name], teller))
            throw new InvalidOperationException($"{Name(_tellers[name])} and {Name(teller)} both record {name}, and their mean would be nobody's: take another name for one, or leave it out.");
        if (detail is not null) _details[name] = detail;
        if (!Recorded.TryGetValue(name, out var readings)) Recorded[name] = readings = new(width: 1);
        return readings;

        static string Name(object? teller) => teller?.GetType().Name ?? "the step";
    }

    /// <summary>Whether it is the step that records under this name, and no callback.</summary>
    public bool IsOfStep(string name) => _tellers.TryGetValue(name, out object? teller) && teller is null;

    /// <summary>Makes known what was recorded when the result was there already.</summary>
    public void Refresh(string name)
    {
        if (Result is not null) _means[name] = Recorded[name].Mean;
    }

    /// <summary>Makes the result. What callbacks record when they are told of it still becomes part of it.</summary>
    public PhaseResult? Close()
    {
        foreach (var (name, readings) in Recorded) _means[name] = readings.Mean;
        return Result = Samples == 0 ? null : new(Losses.Mean, _means, Samples, Seconds) { Details = _details };
    }

    /// <summary>The data without the batches that have been counted before. A loader need not make those; other sources are asked for them again.</summary>
    public IEnumerable<IBatch> Rest(IEnumerable<IBatch> data) => Batch == 0 ? data : data is Loader loader ? loader.Trained(Batch) : Skipping(data);

    IEnumerable<IBatch> Skipping(IEnumerable<IBatch> data)
    {
        using var batches = data.GetEnumerator();
        for (int i = 0, count = Batch; i < count; i++)
            if (!batches.MoveNext()) yield break;
        Positioned?.Invoke();
        while (batches.MoveNext()) yield return batches.Current;
    }
}
