using System.Text.Json;
using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// All of a run that is needed to go on with the same bits: model, gradients, optimizer, random streams, loaders, counts of the epoch, history, and
/// whatever callbacks write down.
/// </summary>
internal static class Snapshot
{
    /// <param name="run">The run, after all callbacks have been told of the last event.</param>
    /// <param name="path">Where the state is to be written.</param>
    /// <param name="epoch">The epoch to go on with.</param>
    /// <param name="batch">How many of its training batches are done.</param>
    public static SavedState Take(Run run, string path, int epoch, int batch)
    {
        var state = new SavedState(path).Set("epoch", epoch).Set("batch", batch).Set("batches", run.TrainBatches ?? -1).Set("step", run.Step);
        state.Set("history", JsonSerializer.Serialize(run.History, HistoryJson.Indented.History));
        if (run.StopReason is { } reason && !run.Ledger.IsUnfinished) state.Set("stopped", reason);
        foreach (var (name, resumable) in Resumables(run)) resumable.Save(state.In(name));
        foreach (var (name, tensor) in Tensors(run)) state.In("model").Set(name, tensor);
        foreach (var (name, parameter) in Parameters(run))
        {
            if (!parameter.RequiresGrad) state.In("frozen").Set(name, 1);
            if (parameter.Grad is { } gradient) state.In("gradient").Set(name, gradient);
        }
        foreach (var (i, optimizer) in run.Optimizers.Index())
            foreach (var (name, tensor) in optimizer.StateDict()) state.In($"optimizer.{i}").Set(name, tensor);
        foreach (var (name, generator) in Generators(run)) state.In("random").Set(name, Words(generator.State));
        foreach (var (name, loader) in Loaders(run)) state.In(name).Set("epoch", loader.Epoch).Set("seed", Words(loader.Seed));
        if (batch == 0) return state;

        var tally = run.Ledger.Tally!;
        var (counts, clock) = (state.In("tally").Set("samples", tally.Samples).Set("seconds", tally.Seconds), run.Ledger.Clock!);
        counts.Set("learning_rate", clock.LearningRate).Set("epoch_seconds", clock.Seconds);
        tally.Losses.Save(counts, "losses");
        foreach (var (name, readings) in tally.Recorded) readings.Save(counts.In("recorded"), name);
        return state;
    }

    /// <summary>Gives the run everything back but the counts of an epoch, or some parts of it. Returns where to go on.</summary>
    public static (int Epoch, int Batch) Restore(Run run, SavedState state, RunParts parts = RunParts.All)
    {
        long epoch = state.Integer("epoch"), batch = state.Integer("batch"), batches = state.Integer("batches");
        if (epoch is < 1 or > int.MaxValue || batch < 0 || batch > (run.TrainBatches ?? int.MaxValue)) throw state.Unfit("batch");
        if (parts == RunParts.All && batch > 0 && batches != (run.TrainBatches ?? -1)) 
            throw state.Mismatch($"it is from the middle of an epoch of {batches} batches, and this one has {run.TrainBatches}");
        if (parts.HasFlag(RunParts.Records)) run.History = History(state);
        if (parts.HasFlag(RunParts.Callbacks))
            foreach (var (name, resumable) in Resumables(run)) resumable.Restore(state.In(name));
        if (parts.HasFlag(RunParts.Model)) Model(run, state);
        try
        {
            if (parts.HasFlag(RunParts.Optimizers))
                foreach (var (i, optimizer) in run.Optimizers.Index()) optimizer.LoadStateDict(state.In($"optimizer.{i}").All());
        }
        catch (StateDictException e) { throw state.Mismatch(e.Message, e); }
        if (!parts.HasFlag(RunParts.Records)) return ((int)epoch, (int)batch);
        foreach (var (name, loader) in Loaders(run))
        {
            loader.Epoch = state.In(name).Integer("epoch") is >= 0 and <= int.MaxValue and var number ? (int)number : throw state.In(name).Unfit("epoch");
            loader.Seed = State(state.In(name), "seed");
        }
        Generators(run, state);
        run.Step = state.Integer("step") is >= 0 and <= int.MaxValue and var steps ? (int)steps : throw state.Unfit("step");
        if (state.Has("stopped")) run.Finish(state.Text("stopped"));
        return ((int)epoch, (int)batch);
    }

    /// <summary>Gives back the counts of the epoch that is under way, and turns the training data back to its beginning.</summary>
    public static void RestoreEpoch(Run run, SavedState state, int batch)
    {
        var (tally, counts) = (run.Ledger.Tally!, state.In("tally"));
        (tally.Batch, tally.Samples, tally.SecondsBefore) = (batch, counts.Integer("samples"), counts.Number("seconds"));
        tally.Losses.Restore(counts, "losses");
        tally.Positioned = () => Generators(run, state);
        var clock = run.Ledger.Clock!;
        (clock.LearningRate, clock.SecondsBefore) = (counts.Number("learning_rate"), counts.Number("epoch_seconds"));
        foreach (string name in counts.In("recorded").All().Keys)
        {
            var readings = new Readings(width: 1);
            readings.Restore(counts.In("recorded"), name);
            tally.Recorded[name] = readings;
        }
        if (run.Ledger.Sources.Train is Loader train) train.Epoch--;
    }

    static History History(SavedState state)
    {
        try
        {
            var history = JsonSerializer.Deserialize(state.Text("history"), HistoryJson.Indented.History);
            return history is not null && history.Epochs.All(e => e is not null) ? history : throw state.Unfit("history");
        }
        catch (JsonException) { throw state.Unfit("history"); }
    }

    static void Model(Run run, SavedState state)
    {
        var values = state.In("model");
        foreach (var (name, tensor) in Tensors(run))
        {
            var value = values.Tensor(name);
            if (value.Shape != tensor.Shape) throw state.Mismatch($"{name} was {value.Shape}, and is {tensor.Shape} now");
            tensor.Detach().CopyFrom(value);
        }
        foreach (var (name, parameter) in Parameters(run))
        {
            parameter.RequiresGrad = !state.In("frozen").Has(name);
            parameter.Grad = state.In("gradient").Has(name) ? state.In("gradient").Tensor(name).To(parameter.Device).Clone().Keep() : null;
        }
    }

    /// <summary>Gives back the random streams.</summary>
    public static void Generators(Run run, SavedState state)
    {
        foreach (var (name, generator) in Generators(run)) generator.State = State(state.In("random"), name);
    }

    /// <summary>The parameters of the model, and those of a loss that learns with it.</summary>
    public static IEnumerable<(string Name, Tensor Parameter)> Parameters(Run run) => run.Model.NamedParameters().Concat(Named(run.Ledger.LossModule?.NamedParameters()));

    /// <summary>Parameters and buffers.</summary>
    public static IEnumerable<(string Name, Tensor Tensor)> Tensors(Run run) =>
        Parameters(run).Concat(run.Model.NamedBuffers()).Concat(Named(run.Ledger.LossModule?.NamedBuffers()));

    static IEnumerable<(string, Tensor)> Named(IEnumerable<(string Name, Tensor Tensor)>? ofLoss) => ofLoss?.Select(t => ($"(loss).{t.Name}", t.Tensor)) ?? [];

    /// <summary>Callbacks with a state, each under its type and, from the second on, its number among its like.</summary>
    static IEnumerable<(string Name, IResumable State)> Resumables(Run run) => run.Callbacks.Where(c => c is IResumable).GroupBy(c => c.GetType().Name)
        .SelectMany(g => g.Select((c, i) => ($"callback.{g.Key}.{i}", (IResumable)c)));

    static IEnumerable<(string Name, Generator Generator)> Generators(Run run) => run.Model.NamedGenerators().Prepend(("default", Generator.Default))
        .Concat(run.Ledger.LossModule?.NamedGenerators().Select(g => ($"(loss).{g.Name}", g.Generator)) ?? []);

    static IEnumerable<(string Name, Loader Loader)> Loaders(Run run)
    {
        if (run.Ledger.Sources.Train is Loader train) yield return ("loader.train", train);
        if (run.Ledger.Sources.Valid is Loader valid) yield return ("loader.valid", valid);
    }

    static Tensor Words(GeneratorState state) => Tensor.From([(long)state.Key, (long)state.Stream, (long)state.Position]);

    static GeneratorState State(SavedState state, string name) => state.Tensor(name) is { DType: DType.Int64 } words && words.ToArray<long>() is [var key, var stream, var position]
        ? new((ulong)key, (ulong)stream, (ulong)position) : throw state.Unfit(name);
}
