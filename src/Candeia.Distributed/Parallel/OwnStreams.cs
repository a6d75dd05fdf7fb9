using Candeia.Training;

namespace Candeia.Distributed;

/// <summary>Random streams that modules hold draw by the number of the shard, and not by who computes it; in the end they stand where they stood.</summary>
internal sealed class OwnStreams : IDisposable
{
    readonly (Generator Generator, GeneratorState State)[] _streams;

    public OwnStreams(Run run, int shard)
    {
        _streams = [.. run.Model.NamedGenerators().Concat(run.Ledger.LossModule?.NamedGenerators() ?? []).Select(g => (g.Generator, g.Generator.State))];
        foreach (var (generator, _) in _streams) generator.State = generator.Split(run.Step, shard).State;
    }

    public void Dispose()
    {
        foreach (var (generator, state) in _streams) generator.State = state;
    }
}
