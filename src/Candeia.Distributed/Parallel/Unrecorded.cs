using Candeia.Training;

namespace Candeia.Distributed;

/// <summary>What a step records of items that do not count is forgotten; what callbacks record of the gradients is that of all ranks, and stays.</summary>
internal sealed class Unrecorded : IDisposable
{
    readonly Tally _tally;
    readonly Dictionary<string, int> _before;

    public Unrecorded(Run run) => (_tally, _before) = (run.Ledger.Tally!, run.Ledger.Tally!.Recorded.ToDictionary(r => r.Key, r => r.Value.Count));

    public void Dispose()
    {
        foreach (var (name, readings) in _tally.Recorded.Where(r => _tally.IsOfStep(r.Key))) readings.Truncate(_before.GetValueOrDefault(name));
    }
}
