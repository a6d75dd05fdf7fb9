using System.Diagnostics;
using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>The training loop. Progress, interruption and everything else plug into it as callbacks; the step is middleware.</summary>
internal static class Loop
{
    public static History Fit<TModel>(Learner<TModel> learner, IEnumerable<Batch> train, int epochs, IEnumerable<Batch>? valid, CancellationToken cancellation) where TModel : Layer
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        learner.Model.To(learner.Device);
        var run = new Run(learner.Model, learner.Optimizer(learner.Model.Parameters()), epochs, Count(train), valid is null ? null : Count(valid));
        run.Sources = (train, valid);
        var notify = new Notifier(run.Callbacks = learner.Callbacks);
        using var stop = cancellation.Register(run.Cancel);
        notify.Each(new RunBegin(run), (c, e) => c.On(e));
        for (int epoch = run.FirstEpoch; epoch <= epochs && run.StopReason is null; epoch++)
        {
            notify.Each(new EpochBegin(run, epoch), (c, e) => c.On(e));
            var watch = Stopwatch.StartNew();
            run.EpochBegan = (run.Optimizer!.LearningRate, watch, 0);
            if (Pass(learner, run, notify, Phase.Train, epoch, train) is not { } trained) break;
            var validated = valid is null || run.StopReason is not null ? null : Pass(learner, run, notify, Phase.Valid, epoch, valid);
            var result = new EpochResult(epoch, trained, validated, run.EpochBegan.Seconds + watch.Elapsed.TotalSeconds, run.EpochBegan.LearningRate);
            run.History = run.History.With(result);
            run.IsEpochWhole = run.StopReason is null;
            notify.Each(new EpochEnd(run, result), (c, e) => c.On(e));
        }
        learner.Model.Eval();
        run.History = run.History with { StopReason = run.StopReason };
        notify.Each(new RunEnd(run), (c, e) => c.On(e));
        return run.History;
    }

    public static PhaseResult Evaluate<TModel>(Learner<TModel> learner, IEnumerable<Batch> data, CancellationToken cancellation) where TModel : Layer
    {
        PhaseResult? result = null;
        Once(learner, data, Phase.Valid, (run, notify) => result = Pass(learner, run, notify, Phase.Valid, 1, data), cancellation);
        return result ?? throw new InvalidOperationException("There was nothing to evaluate: the data has no batches.");
    }

    public static Tensor Predict<TModel>(Learner<TModel> learner, IEnumerable<Batch> data, CancellationToken cancellation) where TModel : Layer
    {
        List<Tensor> outputs = [];
        Once(learner, data, Phase.Predict, (run, notify) => Pass(learner, run, notify, Phase.Predict, 1, data, output => outputs.Add(output.To(Device.Cpu).Keep())), cancellation);
        return outputs.Count > 0 ? Tensor.Cat(outputs.ToArray()) : throw new InvalidOperationException("There was nothing to predict: the data has no batches.");
    }

    static void Once<TModel>(Learner<TModel> learner, IEnumerable<Batch> data, Phase phase, Action<Run, Notifier> pass, CancellationToken cancellation) where TModel : Layer
    {
        ArgumentNullException.ThrowIfNull(data);
        learner.Model.To(learner.Device);
        var run = new Run(learner.Model, null, 1, null, Count(data));
        var notify = new Notifier(learner.Callbacks);
        using var stop = cancellation.Register(run.Cancel);
        notify.Each(new RunBegin(run), (c, e) => c.On(e));
        pass(run, notify);
        notify.Each(new RunEnd(run), (c, e) => c.On(e));
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>One pass over the data; null if it had no batches.</summary>
    static PhaseResult? Pass<TModel>(Learner<TModel> learner, Run run, Notifier notify, Phase phase, int epoch, IEnumerable<Batch> data, Action<Tensor>? collect = null) where TModel : Layer
    {
        var tally = run.Tally = new Tally(phase, learner.Metrics);
        notify.Each(new PhaseBegin(run, phase, epoch), (c, e) => c.On(e));
        if (phase == Phase.Train) run.Model.Train();
        else run.Model.Eval();
        bool owned = data is Loader<Batch> { OwnsBatches: true };
        foreach (var loaded in tally.Rest(data))
        {
            using var scope = Scope.Begin();
            var batch = Take(loaded, owned, scope, learner.Device);
            int index = tally.Batches + 1;
            notify.Each(new BatchBegin(run, phase, epoch, index, batch), (c, e) => c.On(e));
            using (phase == Phase.Train ? Autograd.EnableGrad() : Autograd.NoGrad())
            {
                var result = learner.Step(new(run, phase, batch, learner.Loss));
                double value = result.Loss is null ? double.NaN : result.Loss.Item();
                using (Autograd.NoGrad())
                {
                    tally.Add(batch, result.Output, value);
                    collect?.Invoke(result.Output);
                    notify.Each(new BatchEnd(run, phase, epoch, index, batch, result.Output, value), (c, e) => c.On(e));
                }
            }
            if (run.StopReason is not null) break;
        }
        var measured = tally.Result;
        notify.Each(new PhaseEnd(run, phase, epoch, measured), (c, e) => c.On(e));
        return measured;
    }

    /// <summary>The batch on the device; if the loader made it for us, its memory comes back with the step's.</summary>
    static Batch Take(Batch batch, bool owned, Scope scope, Device device)
    {
        if (!owned) return batch.To(device);
        scope.Adopt(batch.X);
        scope.Adopt(batch.Y);
        return batch.To(device);
    }

    static int? Count(IEnumerable<Batch> data) => data is Loader<Batch> loader ? loader.Count : data.TryGetNonEnumeratedCount(out int count) ? count : null;
}
