using System.Security.Cryptography;
using System.Runtime.InteropServices;
using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

/// <summary>A training in which everything that a resumed run must remember takes part.</summary>
sealed class Experiment(string path, int? everyBatches = null, int epochs = 4, int workers = 1, bool isStream = false, string? keep = null, string? from = null)
{
    public const int Batches = 7;

    sealed class Net : Layer
    {
        readonly Linear fc1 = new(4, 8, generator: new Generator(1));
        readonly BatchNorm1d norm = new(8);
        readonly Dropout own = new(0.3, new Generator(2));
        readonly Dropout global = new(0.2);
        readonly Linear fc2 = new(8, 1, generator: new Generator(3));

        public override Tensor Forward(Tensor x) => x.Apply(fc1).Apply(norm).Relu().Apply(own).Apply(global).Apply(fc2);
    }

    /// <summary>Draws random numbers, and remembers how many batches there were.</summary>
    sealed class Noise : Callback, IResumable
    {
        readonly Generator _generator = new(4);

        public long Batches { get; private set; }

        public override void On(BatchEnd e)
        {
            if (e.Phase != Phase.Train) return;
            Batches++;
            e.Run.Optimizer!.LearningRate *= 0.99 + 0.01 * _generator.NextDouble();
        }

        public void Save(SavedState state) => state.Set("batches", Batches).Set("position", (long)_generator.State.Position);

        public void Restore(SavedState state)
        {
            Batches = state.Integer("batches");
            _generator.State = _generator.State with { Position = (ulong)state.Integer("position") };
        }
    }

    sealed class KillAt(int epoch, Phase phase, int batch) : Callback
    {
        public override void On(BatchEnd e)
        {
            if ((e.Epoch, e.Phase, e.Batch) == (epoch, phase, batch)) throw new InvalidOperationException("killed");
        }
    }

    /// <summary>The optimizer of the last run.</summary>
    public Optimizer? Optimizer { get; private set; }

    public Fitted<Layer> Run(params ReadOnlySpan<Callback> callbacks)
    {
        Generator.Seed(11);
        var x = Tensor.Randn([50, 4], generator: new Generator(5));
        static Sample Noisy(Sample sample, Generator generator) => sample with { X = sample.X + (float)(0.01 * generator.NextNormal()) };
        var items = new TensorDataset(x, x.Square().Sum(1));
        var data = items.Map(Noisy);
        IEnumerable<IBatch> train = isStream
            ? new IterableDataset<Sample>(items[..40]).Shuffle(15).Map(Noisy).Loader(6, workers: workers) : data[..40].Loader(6, shuffle: true, workers: workers);
        var learner = ((Layer)new Net()).Setup(
            (y, t) => y.MseLoss(t.Unsqueeze(1)), p => Optimizer = new Adam(p, 0.01), new MeanAbsoluteError(), new Pearson()) with { Callbacks = [] };
        return learner.With(new AutoResume(path, everyBatches, keep: keep, from: from)).With(new Noise()).With(callbacks).Fit(train, epochs, data[40..].Loader(4, shuffle: true, workers: 0));
    }

    /// <summary>Runs until a batch, and dies of it.</summary>
    public void Die(int epoch, int batch, Phase phase = Phase.Train) => Assert.Throws<CallbackException>(() => Run(new KillAt(epoch, phase, batch)));

    /// <summary>All bits of a run: model, optimizer, history without times, global generator.</summary>
    public string Bits(Fitted<Layer> fitted)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, tensor) in fitted.Model.StateDict().Concat(Optimizer!.StateDict()))
        {
            hash.AppendData(MemoryMarshal.AsBytes(name.AsSpan()));
            hash.AppendData(MemoryMarshal.AsBytes<double>(tensor.ToArray<double>()));
        }
        foreach (var e in fitted.History.Epochs)
            hash.AppendData(MemoryMarshal.AsBytes<double>([e.Epoch, e.LearningRate, e.Train.Loss, .. e.Train.Metrics.Values, e.Valid!.Loss, .. e.Valid.Metrics.Values]));
        hash.AppendData(BitConverter.GetBytes(Generator.Default.State.Position));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
