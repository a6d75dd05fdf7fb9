using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// The training loop. Train mode, metrics, progress, interruption and everything else plug into it as callbacks; what is done with a batch is the
/// learner's step.
/// </summary>
internal static class Loop
{
    public static Fitted<TModel> Fit<TModel>(Learner<TModel> learner, FitPlan plan, Fitted<TModel>? before, CancellationToken cancellation) where TModel : Module
    {
        var run = plan.Begin(learner, before);
        var ledger = run.Ledger;
        using var stop = cancellation.Register(() => run.Stop("cancelled", urgent: true));
        using var watched = new Watched(run);
        if (plan.SanityCheck is { } few) plan.Unused(() => Whole(learner, run, Phase.Valid, plan.Valid!, few));
        while (run.Epoch < run.Epochs && run.StopReason is null)
        {
            ledger.Notify.Each(new EpochBegin(run, ++run.Epoch), static (c, e) => c.On(e));
            ledger.Clock = new(run.Optimizer!.LearningRate);
            if (Whole(learner, run, Phase.Train, plan.Train, run.TrainBatches) is not { } trained) break;
            bool isCut = ledger.Tally!.IsCut;
            var validated = plan.Valid is null || run.StopReason is not null ? null : Whole(learner, run, Phase.Valid, plan.Valid, run.ValidBatches);
            var result = new EpochResult(run.Epoch, trained, validated, ledger.Clock.Seconds, ledger.Clock.LearningRate);
            run.History = run.History.With(result);
            bool isWhole = !isCut && (plan.Valid is null || validated is not null && !ledger.Tally.IsCut);
            ledger.Notify.Each(new EpochEnd(run, result, isWhole), static (c, e) => c.On(e));
        }
        run.History = run.History with { StopReason = run.StopReason };
        watched.End();
        return new(learner, run.History, run.Optimizers, run.Step, before?.Notes);
    }

    public static PhaseResult Evaluate<TModel>(
        Learner<TModel> learner, IEnumerable<IBatch> data, IReadOnlyList<Metric>? metrics, CancellationToken cancellation) where TModel : Module
    {
        var run = FitPlan.Once(learner, data, metrics);
        using var stop = cancellation.Register(() => run.Stop("cancelled", urgent: true));
        using var watched = new Watched(run);
        var result = Whole(learner, run, Phase.Valid, data, run.ValidBatches);
        watched.End();
        if (run.StopReason is { } reason) throw new OperationCanceledException($"The evaluation was stopped: {reason}.", cancellation);
        return result!;
    }

    public static IEnumerable<Prediction> Predict<TModel>(Learner<TModel> learner, IEnumerable<IBatch> data, CancellationToken cancellation) where TModel : Module
    {
        var run = FitPlan.Once(learner, data, null);
        using var stop = cancellation.Register(() => run.Stop("cancelled", urgent: true));
        using var watched = new Watched(run);
        using (var pass = Begin(learner, run, Phase.Predict, data, run.ValidBatches))
        {
            while (pass.MoveNext()) yield return pass.Prediction!;
            pass.End();
        }
        watched.End();
        if (run.StopReason is { } reason) throw new OperationCanceledException($"The prediction was stopped: {reason}.", cancellation);
    }

    /// <summary>A whole pass over the data; null if it was stopped before the first batch.</summary>
    static PhaseResult? Whole<TModel>(Learner<TModel> learner, Run run, Phase phase, IEnumerable<IBatch> data, int? most) where TModel : Module
    {
        using var pass = Begin(learner, run, phase, data, most);
        while (pass.MoveNext()) { }
        if (pass.End() is { } result) return result;
        return run.StopReason is not null ? null : throw new InvalidOperationException(
            $"The {(phase == Phase.Train ? "training" : "validation")} data have no batches in epoch {run.Epoch}: " +
            "there are too few items for one, or the source can be gone through only once. A Loader or a list gives its batches in every epoch.");
    }

    static Pass Begin<TModel>(Learner<TModel> learner, Run run, Phase phase, IEnumerable<IBatch> data, int? most) where TModel : Module =>
        new(run, phase, data, most, learner.WholeStep, learner.Loss, learner.Device);
}
