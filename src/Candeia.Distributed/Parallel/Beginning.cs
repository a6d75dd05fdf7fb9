using Candeia.Training;

namespace Candeia.Distributed;

/// <summary>That all ranks begin with the same.</summary>
internal static class Beginning
{
    /// <summary>Gives all ranks the weights and random streams of the first.</summary>
    /// <exception cref="DistributedException">They run different programs, or have different data.</exception>
    public static void Agree(ICommunicator ranks, Run run)
    {
        Tensor[] tensors = [.. Snapshot.Tensors(run).Select(t => t.Tensor)];
        Same(ranks, tensors.Length, "parameters and buffers");
        Same(ranks, tensors.Sum(t => t.Numel), "numbers in the model");
        Same(ranks, run.Optimizers.Count, "optimizers");
        Same(ranks, run.TrainBatches ?? -1, "batches to train on");
        Same(ranks, run.ValidBatches ?? -1, "batches to validate with");
        Same(ranks, (run.Ledger.Sources.Train as Data.Loader)?.Lanes ?? 1, "lanes of data to train on");
        ranks.BroadcastAll(tensors, 0);
        Generator.Default.State = State(ranks, Generator.Default.State);
        foreach (var loader in new[] { run.Ledger.Sources.Train, run.Ledger.Sources.Valid }.OfType<Data.Loader>()) loader.Seed = State(ranks, loader.Seed);
    }

    static void Same(ICommunicator ranks, long mine, string what)
    {
        long[] all = new long[ranks.Size];
        ranks.AllGather<long>([mine], all);
        int other = Array.FindIndex(all, n => n != all[0]);
        if (other > 0) throw new DistributedException($"Rank {other} has {all[other]} {what}, and rank 0 has {all[0]}: all ranks run the same program on the same data.");
    }

    static GeneratorState State(ICommunicator ranks, GeneratorState state)
    {
        long[] words = [(long)state.Key, (long)state.Stream, (long)state.Position];
        ranks.Broadcast<long>(words);
        return new((ulong)words[0], (ulong)words[1], (ulong)words[2]);
    }
}
