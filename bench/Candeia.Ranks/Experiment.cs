using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Candeia.Data;
using Candeia.Datasets;
using Candeia.Distributed;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.Ranks;

/// <summary>A training of a second in which everything that depends on ranks takes part.</summary>
public static class Experiment
{
    sealed class Net : Layer
    {
        readonly Linear fc1 = new(8, 32, generator: new Generator(1));
        readonly BatchNorm1d norm = new(32);
        readonly Dropout dropout = new(0.3), own = new(0.2, new Generator(2));
        readonly Linear fc2 = new(32, 1, generator: new Generator(3));

        public override Tensor Forward(Tensor x) => x.Apply(fc1).Apply(norm).Relu().Apply(dropout).Apply(own).Apply(fc2);
    }

    /// <summary>Trains, or goes on with a training in this folder: a hash of all that came of it.</summary>
    public static string Run(ICommunicator world, string folder, int? shards, int epochs = 3, Callback? other = null, double patience = 120)
    {
        Directory.CreateDirectory(folder);
        var x = Tensor.Randn([129, 8], generator: new Generator(3));
        var data = new TensorDataset(x, x.Square().Sum([1], keepDim: true));
        return Hash(Learner(world, folder, shards, other, patience)
            .Fit(data[..120].Loader(16, shuffle: true, seed: 5, workers: 0), epochs, data[120..].Loader(4, workers: 0, seed: 6)));
    }

    /// <summary>The same on archives that are streamed in four lanes, of which every rank has its own, and finds no other.</summary>
    public static string Streamed(ICommunicator world, string folder, int? shards, int epochs = 3, Callback? other = null, double patience = 120)
    {
        Directory.CreateDirectory(folder);
        var samples = TarShards.Open(Archives(world, Path.Combine(folder, $"archives-{world.Rank}")), shuffle: true, lanes: 4).Shuffle(buffer: 9)
            .Map(s => (X: Tensor.From(MemoryMarshal.Cast<byte, float>(s["x"]).ToArray()), Y: Tensor.From([(float)s["y"][0]])));
        return Hash(Learner(world, folder, shards, other, patience).Fit(samples.Loader(16, seed: 5), epochs, samples.Loader(6, seed: 6)));
    }

    /// <summary>Ten archives for four lanes, of which two end before the others; those that only lanes of other ranks read are not there.</summary>
    static string[] Archives(ICommunicator world, string folder)
    {
        var x = Tensor.Randn([130, 8], generator: new Generator(3));
        var written = TarShards.Write(folder, "some", Enumerable.Range(0, 130).Select(i =>
        {
            float[] row = x[i].ToArray<float>();
            return new TarSample($"{i:D3}", new Dictionary<string, byte[]> { ["x"] = MemoryMarshal.AsBytes<float>(row).ToArray(), ["y"] = [(byte)(row.Count(v => v > 0))] });
        }), samples: 13);
        foreach (var (i, file) in written.Index()) if (i % 4 * world.Size / 4 != world.Rank) File.Delete(file);
        return [.. written];
    }

    static Learner<Net> Learner(ICommunicator world, string folder, int? shards, Callback? other, double patience)
    {
        var learner = new Net().Setup((y, t) => y.MseLoss(t), p => new Adam(p, 0.01), new MeanAbsoluteError(), new Pearson()).With(
            new DataParallel(shards, world) { Patience = TimeSpan.FromSeconds(patience) }, new Progress(TextWriter.Null), new ClipGradNorm(1), new EmaWeights(0.9),
            new LearningRateSchedule(new OneCycleSchedule(0.02, 40), Per.Batch),
            new AutoResume(Path.Combine(folder, "resume.safetensors"), everyBatches: 3));
        return other is null ? learner : learner.With(other);
    }

    static string Hash(Fitted<Net> fitted)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, tensor) in fitted.Model.StateDict()) hash.AppendData(MemoryMarshal.AsBytes<double>(tensor.ToArray<double>()));
        foreach (var e in fitted.History.Epochs)
            hash.AppendData(MemoryMarshal.AsBytes<double>([e.Train.Loss, .. e.Train.Metrics.Values, .. e.Valid is { } valid ? [valid.Loss, .. valid.Metrics.Values] : Array.Empty<double>()]));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
