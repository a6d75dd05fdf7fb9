using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training.Tests;

/// <summary>Whatever an optimizer, a schedule or a callback remembers, a resumed run has the bits of an unbroken one.</summary>
public sealed class OptimizerResumeTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    sealed class Net : Layer
    {
        readonly Linear fc1 = new(3, 4, generator: new Generator(1)), fc2 = new(4, 1, generator: new Generator(2));

        public override Tensor Forward(Tensor x) => x.Apply(fc1).Tanh().Apply(fc2);
    }

    static Dictionary<string, Func<IEnumerable<Tensor>, Optimizer>> Optimizers { get; } = new()
    {
        ["SGD"] = p => new SGD(p, 0.01, momentum: 0.9, nesterov: true),
        ["Adam"] = p => new Adam(p, 0.01, amsgrad: true),
        ["AdamW"] = p => new AdamW(p, 0.01),
        ["RMSprop"] = p => new RMSprop(p, 0.01, momentum: 0.5, centered: true),
        ["Adagrad"] = p => new Adagrad(p, 0.05),
        ["Adadelta"] = p => new Adadelta(p),
        ["Adamax"] = p => new Adamax(p, 0.01),
        ["NAdam"] = p => new NAdam(p, 0.01),
        ["RAdam"] = p => new RAdam(p, 0.01),
        ["ASGD"] = p => new ASGD(p, 0.01),
        ["Rprop"] = p => new Rprop(p, 0.01),
        ["LBFGS"] = p => new LBFGS(p, 0.1, maxIterations: 3, strongWolfe: true),
        ["Lion"] = p => new Lion(p, 0.01),
        ["groups"] = p => p.ToArray() is var all ? new Adam(all[..1], 0.01).AddGroup(all[1..], learningRate: 0.02) : null!,
    };

    public static TheoryData<string> Names => [.. Optimizers.Keys];

    void Check(Func<IEnumerable<Tensor>, Optimizer> optimizer, Func<Callback[]> callbacks, params (int Epoch, int Batch)[] kills)
    {
        float[] Fit(string path, (int, int) kill)
        {
            var watcher = new Watcher { BatchEnd = e => { if (e.Phase == Phase.Train && (e.Epoch, e.Batch) == kill) throw new InvalidOperationException("killed"); } };
            var learner = ((Layer)new Net()).Setup(Tiny.Loss, optimizer) with { Callbacks = [] };
            try
            {
                var fitted = learner.With(callbacks()).With(watcher, new AutoResume(path, everyBatches: 1)).Fit(Tiny.Batches(50), 4, Tiny.Batches(20));
                return [.. fitted.Model.Bits(), .. fitted.History.Epochs.SelectMany(e => new[] { (float)e.Train.Loss, (float)e.Valid!.Loss, (float)e.LearningRate })];
            }
            catch (CallbackException) when (kill != default)
            {
                return Fit(path, default);
            }
        }
        float[] whole = Fit(_folder["whole"], default);
        Assert.All(whole, x => Assert.True(float.IsFinite(x)));
        foreach (var kill in kills) Assert.Equal(whole, Fit(_folder[$"{kill}"], kill));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_optimizer_goes_on_exactly(string name) => Check(Optimizers[name], () => [], (2, 4), (3, 1));

    [Theory]
    [InlineData("plateau")]
    [InlineData("one cycle")]
    [InlineData("accumulation")]
    [InlineData("mixing")]
    [InlineData("freezing")]
    [InlineData("best weights")]
    public void Callbacks_with_a_state_go_on_exactly(string name) => Check(p => new SGD(p, 0.05, momentum: 0.9), () => name switch
    {
        "plateau" => [new LearningRateSchedule(new ReduceOnPlateau(patience: 0, threshold: 0.9), "valid_loss")],
        "one cycle" => [new LearningRateSchedule(steps => new OneCycleSchedule(0.1, steps), Per.Batch)],
        "accumulation" => [new AccumulateGradients(3)],
        "mixing" => [new MixUp()],
        "freezing" => [new Freezing()],
        _ => [new EarlyStopping("train_loss", patience: 0, minDelta: 0.01, restoreBest: true)],
    }, (2, 2), (2, 4), (4, 5));

    /// <summary>Freezes a part that it finds in the model, as callbacks are made before.</summary>
    sealed class Freezing : Callback
    {
        Freeze? _freeze;

        public override void On(RunBegin e) => (_freeze = new(e.Run.Model.Children()[0], epochs: 2, learningRate: 0.01)).On(e);

        public override void On(EpochBegin e) => _freeze!.On(e);

        public override void On(RunEnd e) => _freeze!.On(e);
    }
}
