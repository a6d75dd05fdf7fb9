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
        var notify = new Notifier(learner.Callbacks);
        using var stop = cancellation.Register(() => run.Stop("cancelled"));
        notify.Each(new RunBegin(run), (c, e) => c.On(e));
        for (int epoch = 1; epoch <= epochs && run.StopReason is null; epoch++)
        {
            notify.Each(new EpochBegin(run, epoch), (c, e) => c.On(e));
            var watch = Stopwatch.StartNew();
            double rate = run.Optimizer!.LearningRate;
            if (Pass(learner, run, notify, Phase.Train, epoch, train) is not { } trained) break;
            var validated = valid is null || run.StopReason is not null ? null : Pass(learner, run, notify, Phase.Valid, epoch, valid);
            var result = new EpochResult(epoch, trained, validated, watch.Elapsed.TotalSeconds, rate);
            run.History = run.History.With(result);
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
        using var stop = cancellation.Register(() => run.Stop("cancelled"));
        notify.Each(new RunBegin(run), (c, e) => c.On(e));
        pass(run, notify);
        notify.Each(new RunEnd(run), (c, e) => c.On(e));
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>One pass over the data; null if it had no batches.</summary>
    static PhaseResult? Pass<TModel>(Learner<TModel> learner, Run run, Notifier notify, Phase phase, int epoch, IEnumerable<Batch> data, Action<Tensor>? collect = null) where TModel : Layer
    {
        notify.Each(new PhaseBegin(run, phase, epoch), (c, e) => c.On(e));
        if (phase == Phase.Train) run.Model.Train();
        else run.Model.Eval();
        var watch = Stopwatch.StartNew();
        var states = learner.Metrics.Select(m => (m.Name, State: m.Begin())).ToArray();
        bool owned = data is Loader<Batch> { OwnsBatches: true };
        double loss = 0;
        long samples = 0;
        int index = 0;
        foreach (var loaded in data)
        {
            using var scope = Scope.Begin();
            var batch = Take(loaded, owned, scope, learner.Device);
            notify.Each(new BatchBegin(run, phase, epoch, ++index, batch), (c, e) => c.On(e));
            using (phase == Phase.Train ? Autograd.EnableGrad() : Autograd.NoGrad())
            {
                var result = learner.Step(new(run, phase, batch, learner.Loss));
                double value = result.Loss is null ? double.NaN : result.Loss.Item();
                samples += batch.Size;
                loss += value * batch.Size;
                using (Autograd.NoGrad())
                {
                    if (phase != Phase.Predict) foreach (var (_, state) in states) state.Add(result.Output.Detach(), batch.Y);
                    collect?.Invoke(result.Output);
                    notify.Each(new BatchEnd(run, phase, epoch, index, batch, result.Output, value), (c, e) => c.On(e));
                }
            }
            if (run.StopReason is not null) break;
        }
        var measured = samples == 0 ? null : new PhaseResult(loss / samples, states.ToDictionary(s => s.Name, s => s.State.Value), samples, watch.Elapsed.TotalSeconds)
        {
            Details = states.Select(s => (s.Name, s.State.Detail)).Where(s => s.Detail is not null).ToDictionary(s => s.Name, s => s.Detail!),
        };
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
