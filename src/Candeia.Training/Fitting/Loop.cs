using System.Diagnostics;
using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// The training loop. Train mode, metrics, progress, interruption and everything else plug into it as callbacks; what is done with a batch is the
/// learner's step.
/// </summary>
internal static class Loop
{
    public static Fitted<TModel> Fit<TModel>(Learner<TModel> learner, FitPlan plan, Fitted<TModel>? before, CancellationToken cancellation) where TModel : Layer
    {
        var run = plan.Begin(learner, before);
        using var stop = cancellation.Register(() => run.Stop("cancelled", urgent: true));
        using var watched = new Watched(run);
        if (plan.SanityCheck is { } few) plan.Unused(() => Pass(learner, run, Phase.Valid, plan.Valid!, few));
        while (run.Epoch < run.Epochs && run.StopReason is null)
        {
            run.Notify.Each(new EpochBegin(run, ++run.Epoch), static (c, e) => c.On(e));
            run.EpochBegan = (run.Optimizer!.LearningRate, Stopwatch.StartNew(), 0);
            if (Pass(learner, run, Phase.Train, plan.Train, run.TrainBatches) is not { } trained) break;
            bool isCut = run.Tally!.IsCut;
            var validated = plan.Valid is null || run.StopReason is not null ? null : Pass(learner, run, Phase.Valid, plan.Valid, run.ValidBatches);
            var (rate, watch, earlier) = run.EpochBegan;
            var result = new EpochResult(run.Epoch, trained, validated, earlier + watch.Elapsed.TotalSeconds, rate);
            run.History = run.History.With(result);
            bool isWhole = !isCut && (plan.Valid is null || validated is not null && !run.Tally.IsCut);
            run.Notify.Each(new EpochEnd(run, result, isWhole), static (c, e) => c.On(e));
        }
        run.History = run.History with { StopReason = run.StopReason };
        watched.End();
        return new(learner, run.History, run.Optimizers, run.Step);
    }

    public static PhaseResult Evaluate<TModel>(Learner<TModel> learner, IEnumerable<Batch> data, IReadOnlyList<Metric>? metrics, CancellationToken cancellation) where TModel : Layer
    {
        var run = FitPlan.Once(learner, data, metrics);
        using var stop = cancellation.Register(() => run.Stop("cancelled", urgent: true));
        using var watched = new Watched(run);
        var result = Pass(learner, run, Phase.Valid, data, run.ValidBatches);
        watched.End();
        if (run.StopReason is { } reason) throw new OperationCanceledException($"The evaluation was stopped: {reason}.", cancellation);
        return result!;
    }

    public static IEnumerable<Prediction> Predict<TModel>(Learner<TModel> learner, IEnumerable<Batch> data, CancellationToken cancellation) where TModel : Layer
    {
        var run = FitPlan.Once(learner, data, null);
        using var stop = cancellation.Register(() => run.Stop("cancelled", urgent: true));
        using var watched = new Watched(run);
        Prediction? prediction = null;
        foreach (var _ in Batches(learner, run, Phase.Predict, data, run.ValidBatches, (batch, result) => prediction = Prediction.Of(batch, result))) yield return prediction!;
        watched.End();
        if (run.StopReason is { } reason) throw new OperationCanceledException($"The prediction was stopped: {reason}.", cancellation);
    }

    /// <summary>One pass over the data; null if it was stopped before the first batch.</summary>
    static PhaseResult? Pass<TModel>(Learner<TModel> learner, Run run, Phase phase, IEnumerable<Batch> data, int? most) where TModel : Layer
    {
        foreach (var _ in Batches(learner, run, phase, data, most)) { }
        if (run.Tally!.Result is { } result) return result;
        return run.StopReason is not null ? null : throw new InvalidOperationException(
            $"The {(phase == Phase.Train ? "training" : "validation")} data have no batches in epoch {run.Epoch}: " +
            "there are too few items for one, or the source can be gone through only once. A Loader or a list gives its batches in every epoch.");
    }

    /// <summary>One pass over the data, a batch at each step of the enumeration.</summary>
    static IEnumerable<int> Batches<TModel>(
        Learner<TModel> learner, Run run, Phase phase, IEnumerable<Batch> data, int? most, Action<Batch, StepResult>? collect = null) where TModel : Layer
    {
        var tally = run.Tally = new();
        run.Notify.Each(new PhaseBegin(run, phase, run.Epoch), static (c, e) => c.On(e));
        var step = run.Notify.Wrap(learner.WholeStep);
        bool owned = data is Loader<Batch> { OwnsBatches: true };
        foreach (var loaded in tally.Rest(data))
        {
            if (run.StopReason is not null || tally.Batch >= most) break;    // also before the first: a resumed pass may have had all of its batches
            tally.Batch++;
            One(learner, run, phase, loaded, owned, step, collect);
            yield return tally.Batch;
            if (run.StopReason is not null || tally.Batch >= most) break;
        }
        tally.IsCut = run.StopReason is not null && !(tally.Batch >= (phase == Phase.Train ? run.TrainBatches : run.ValidBatches));
        run.Notify.Each(new PhaseEnd(run, phase, run.Epoch, tally.Close()), static (c, e) => c.On(e));
        tally.IsClosed = true;
    }

    /// <summary>One batch: its memory, and all that the step has made, comes back at the end.</summary>
    static void One<TModel>(Learner<TModel> learner, Run run, Phase phase, Batch loaded, bool owned, Step step, Action<Batch, StepResult>? collect) where TModel : Layer
    {
        using var scope = Scope.Begin();
        if (owned)
        {
            scope.Adopt(loaded.X);
            scope.Adopt(loaded.Y);
        }
        var batch = loaded.To(learner.Device);
        run.Notify.Each(new BatchBegin(run, phase, run.Epoch, run.Batch, batch), static (c, e) => c.On(e));
        if (phase == Phase.Train && run.Batch == 1) run.EpochBegan = run.EpochBegan with { LearningRate = run.Optimizer!.LearningRate };
        using var grad = phase == Phase.Train ? Autograd.EnableGrad() : Autograd.NoGrad();
        var result = step(new(run, phase, batch, learner.Loss));
        double loss = result.Loss is null ? double.NaN : result.Loss.Item();
        run.Tally!.Add(batch, loss);
        if (phase == Phase.Train) run.Step++;
        using var ended = Autograd.NoGrad();
        collect?.Invoke(batch, result);
        run.Notify.Each(new BatchEnd(run, phase, run.Epoch, run.Batch, batch, result.Output, loss), static (c, e) => c.On(e));
    }
}
