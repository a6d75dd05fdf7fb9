using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Candeia.Data;
using Candeia.NN;
using Candeia.Training;

namespace Candeia.KillResume;

/// <summary>A training of a few seconds in which everything with a state takes part.</summary>
static class Experiment
{
    public const string Resume = "resume.safetensors", Csv = "log.csv", JsonLines = "log.jsonl", Result = "result.txt";

    sealed class Net : Layer
    {
        readonly Linear fc1 = new(8, 64);
        readonly BatchNorm1d norm = new(64);
        readonly Dropout dropout = new(0.3);
        readonly Dropout own = new(0.2, new Generator(2));
        readonly Linear fc2 = new(64, 1);

        public override Tensor Forward(Tensor x) => x.Apply(fc1).Apply(norm).Relu().Apply(dropout).Apply(own).Apply(fc2);
    }

    /// <summary>Trains, or goes on with a training in this folder, and writes a hash of all that came of it.</summary>
    public static void Run(string folder, params Callback[] watchers)
    {
        Generator.Seed(1);
        Optimizer? optimizer = null;
        var x = Tensor.Randn([600, 8], generator: new Generator(3));
        var data = new TensorDataset(x, x.Square().Sum(1)).Map((s, random) => s with { X = s.X + (float)(0.01 * random.NextNormal()) });
        var learner = new Net().Setup((y, t) => y.MseLoss(t.Unsqueeze(1)), p => optimizer = new AdamW(p, 0.01), new MeanAbsoluteError(), new Pearson());
        Console.WriteLine("Training begins.");
        var fitted = (learner with { Callbacks = [] }).With(watchers).With(
            new LearningRateSchedule(steps => new OneCycleSchedule(0.02, steps), Per.Batch),
            new EarlyStopping("valid_loss", patience: 50, restoreBest: true),
            new EmaWeights(0.95),
            new ModelCheckpoint(Path.Combine(folder, "{epoch:D2}-{valid_loss:F4}.safetensors"), "valid_loss", keep: 2, last: Path.Combine(folder, "last.safetensors")),
            new CsvLog(Path.Combine(folder, Csv)), new JsonLinesLog(Path.Combine(folder, JsonLines)),
            new AutoResume(Path.Combine(folder, Resume), everyBatches: 3)).Fit(data[..500].Loader(25, shuffle: true, workers: 2), 20, data[500..].Loader(50));
        WholeFile.CleanUp(Path.Combine(folder, Result));
        WholeFile.Write(Path.Combine(folder, Result), Hash(fitted, optimizer!));
    }

    /// <summary>All bits: weights, optimizer, history without times, global generator.</summary>
    static string Hash(Fitted<Net> fitted, Optimizer optimizer)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in fitted.Model.StateDict().Concat(optimizer.StateDict()))
        {
            hash.AppendData(MemoryMarshal.AsBytes(name.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes<double>(tensor.ToArray<double>()));
        }
        foreach (var e in fitted.History.Epochs)
            hash.AppendData(MemoryMarshal.AsBytes<double>([e.Epoch, e.LearningRate, e.Train.Loss, .. e.Train.Metrics.Values, e.Valid!.Loss, .. e.Valid.Metrics.Values]));
        hash.AppendData(BitConverter.GetBytes(Generator.Default.State.Position));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
