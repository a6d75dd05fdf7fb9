using System.Diagnostics;
using Candeia.Data;

namespace Candeia.Training;

/// <summary>What a pass over data has counted so far. All of it can be set, so that a pass can begin in its middle.</summary>
internal sealed class Tally(Phase phase, IReadOnlyList<Metric> metrics)
{
    readonly Stopwatch _watch = Stopwatch.StartNew();

    public IReadOnlyList<(string Name, IMetricState State)> Metrics { get; } = [.. metrics.Select(m => (m.Name, m.Begin()))];

    public Phase Phase => phase;

    /// <summary>How many batches have been counted.</summary>
    public int Batches { get; set; }

    /// <summary>The sum of the losses, each times the size of its batch.</summary>
    public double Loss { get; set; }

    public long Samples { get; set; }

    /// <summary>Time that was spent on this pass in an earlier process.</summary>
    public double SecondsBefore { get; set; }

    public double Seconds => SecondsBefore + _watch.Elapsed.TotalSeconds;

    /// <summary>Called once the data stand at the first batch that is still to come, before it is made.</summary>
    public Action? Positioned { get; set; }

    /// <summary>The loss and the metrics; null if there was no batch.</summary>
    public PhaseResult? Result => Samples == 0 ? null : new(Loss / Samples, Metrics.ToDictionary(m => m.Name, m => m.State.Value), Samples, Seconds)
    {
        Details = Metrics.Select(m => (m.Name, m.State.Detail)).Where(m => m.Detail is not null).ToDictionary(m => m.Name, m => m.Detail!),
    };

    public void Add(Batch batch, Tensor output, double loss)
    {
        Batches++;
        Samples += batch.Size;
        Loss += loss * batch.Size;
        if (phase == Phase.Predict) return;
        foreach (var (_, state) in Metrics) state.Add(output.Detach(), batch.Y);
    }

    /// <summary>The data without the batches that have been counted before. A loader need not make those; other sources are asked for them again.</summary>
    public IEnumerable<Batch> Rest(IEnumerable<Batch> data) => Batches == 0 ? data : data is Loader<Batch> loader ? loader.From(Batches) : Skipping(data);

    IEnumerable<Batch> Skipping(IEnumerable<Batch> data)
    {
        using var batches = data.GetEnumerator();
        for (int i = 0; i < Batches; i++)
            if (!batches.MoveNext()) yield break;
        Positioned?.Invoke();
        while (batches.MoveNext()) yield return batches.Current;
    }
}
