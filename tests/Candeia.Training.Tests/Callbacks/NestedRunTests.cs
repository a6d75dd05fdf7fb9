using System.Diagnostics;
using System.Runtime.InteropServices;
using Candeia.NN;

namespace Candeia.Training.Tests;

/// <summary>A callback measures or predicts in the middle of a fit, with the same callbacks.</summary>
[Collection(nameof(Alone))]
public sealed class NestedRunTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    sealed class Net : Layer
    {
        public Linear Fc1 { get; } = new(3, 4, generator: new Generator(1));

        readonly Dropout drop = new(0.3, new Generator(2));
        readonly Linear fc2 = new(4, 1, generator: new Generator(3));

        public override Tensor Forward(Tensor x) => x.Apply(Fc1).Apply(drop).Apply(fc2);
    }

    static float[] Fit(Func<Net, Callback> callback, bool nested, Action<Net>? look = null)
    {
        var net = new Net();
        var learner = (net.Setup(Tiny.Loss, p => new SGD(p, 0.05, momentum: 0.9)) with { Callbacks = [] }).With(callback(net));
        var within = new Watcher
        {
            BatchEnd = e =>
            {
                if (e.Phase != Phase.Train || !nested) return;
                learner.Evaluate(Tiny.Batches(20));
                learner.Predict(Tiny.Batches(20));
                look?.Invoke(net);
            },
        };
        return learner.With(within).Fit(Tiny.Batches(50), epochs: 3).Model.Bits();
    }

    void Same(Func<Net, Callback> callback, Action<Net>? look = null) => Assert.Equal(Fit(callback, nested: false), Fit(callback, nested: true, look));

    [Fact]
    public void The_model_trains_on_in_training_mode() => Same(_ => new Watcher(), net => Assert.All(net.NamedModules(), m => Assert.True(m.Module.IsTraining)));

    [Fact]
    public void What_is_frozen_stays_frozen() => Same(net => new Freeze(net.Fc1, epochs: 2));

    [Fact]
    public void Averages_are_the_same() => Same(_ => new EmaWeights(0.5));

    [Fact]
    public void Groups_of_batches_stay_together() => Same(_ => new AccumulateGradients(3));

    [Fact]
    public void There_is_one_file_for_TensorBoard()
    {
        Fit(_ => new TensorBoard(_folder.Path, everyBatches: 1), nested: true);
        Assert.Single(Directory.GetFiles(_folder["train"]));
    }

    [Fact]
    public void Modes_are_left_as_they_were()
    {
        var net = new Net();
        var learner = net.Setup(Tiny.Loss, p => new SGD(p, 0.05)) with { Callbacks = [] };
        net.Fc1.Eval();
        learner.Evaluate(Tiny.Batches(20));
        Assert.Equal((true, false), (net.IsTraining, net.Fc1.IsTraining));
        learner.Fit(Tiny.Batches(20), 1);
        Assert.False(net.IsTraining);
    }

    [SkippableFact]
    public void A_signal_still_ends_the_fit()
    {
        Skip.If(OperatingSystem.IsWindows(), "There are no signals.");
        using var survive = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        var learner = Tiny.Learner().With(new Interrupt());
        var watch = new Watcher
        {
            BatchEnd = e =>
            {
                if (e.Phase != Phase.Train) return;
                learner.Evaluate(Tiny.Batches(20));
                using var kill = Process.Start("/bin/kill", ["-INT", $"{Environment.ProcessId}"]);
                for (int i = 0; i < 500 && e.Run.StopReason is null; i++) Thread.Sleep(10);
            },
        };
        var history = learner.With(watch).Fit(Tiny.Batches(10), epochs: 2).History;
        Assert.Equal((1, "interrupted"), (history.Epochs.Count, history.StopReason));
    }
}
