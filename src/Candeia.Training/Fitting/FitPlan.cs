using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>What a fit goes over, and how often, when all limits have been taken into account.</summary>
internal sealed record FitPlan(IEnumerable<IBatch> Train, int Epochs, IEnumerable<IBatch>? Valid)
{
    /// <summary>How many batches are validated before the first epoch.</summary>
    public int? SanityCheck { get; private init; }

    /// <summary>The data of a fit as the limits of a learner want it.</summary>
    public static FitPlan For(Limits limits, IEnumerable<IBatch> train, int epochs, IEnumerable<IBatch>? valid)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfNegative(epochs);
        if (limits.Overfit is { } few)
        {
            train = Few(train, few);
            if (valid is not null) valid = train;
        }
        return new(train, limits.DryRun ? Math.Min(epochs, 1) : epochs, valid)
        {
            SanityCheck = valid is null || limits.SanityCheck == 0 ? null : limits.DryRun ? 1 : limits.SanityCheck,
        };
    }

    /// <summary>The run of a fit; one that goes on with an earlier one takes over its optimizers, history and counts.</summary>
    public Run Begin<TModel>(Learner<TModel> learner, Fitted<TModel>? before) where TModel : Module
    {
        var (limits, done, step) = (learner.Limits, before?.History ?? History.Empty, before?.Steps ?? 0);
        learner.Model.To(learner.Device);
        learner.LossModule?.To(learner.Device);
        var optimizers = before?.Optimizers ?? learner.Optimizers(learner.Model);
        if (optimizers.Count == 0) throw new InvalidOperationException($"Setup made no optimizer for {typeof(TModel).Name}: training needs at least one.");
        int? batches = limits.Least(Count(Train), limits.TrainBatches);
        long? steps = batches is null ? limits.Steps : Math.Min(batches.Value * (long)Epochs, limits.Steps ?? long.MaxValue);
        IReadOnlyList<Callback> callbacks = learner.AllCallbacks();
        if (limits.Steps is not null || limits.Time is not null) callbacks = [.. callbacks, new StopAfter(limits.Steps, limits.Time)];
        return new(learner.Model, optimizers, callbacks, new(callbacks) { LossModule = learner.LossModule, Sources = (Train, Valid), Forward = learner.Forward })
        {
            Epoch = done.Epochs.Count, Epochs = done.Epochs.Count + Epochs, MinEpochs = done.Epochs.Count + Math.Min(Epochs, limits.MinEpochs), Step = step,
            TrainBatches = batches, ValidBatches = Valid is null ? null : limits.Least(Count(Valid), limits.ValidBatches),
            TotalSteps = steps is null ? null : (int)Math.Min(int.MaxValue, step + steps.Value), History = done with { StopReason = null },
            IsDryRun = limits.DryRun,
        };
    }

    /// <summary>The run of a single pass without updates.</summary>
    public static Run Once<TModel>(Learner<TModel> learner, IEnumerable<IBatch> data, IReadOnlyList<Metric>? metrics) where TModel : Module
    {
        ArgumentNullException.ThrowIfNull(data);
        learner.Model.To(learner.Device);
        learner.LossModule?.To(learner.Device);
        var callbacks = learner.AllCallbacks(metrics);
        return new(learner.Model, [], callbacks, new(callbacks) { LossModule = learner.LossModule }) { Epoch = 1, ValidBatches = Count(data) };
    }

    /// <summary>Does something with the validation data that must not change what they give afterwards.</summary>
    public void Unused(Action look)
    {
        int? epoch = (Valid as Loader)?.Epoch;
        look();
        if (Valid is Loader loader && epoch is { } before) loader.Epoch = before;
    }

    static int? Count(IEnumerable<IBatch> data) => data is Loader loader ? loader.Batches : data.TryGetNonEnumeratedCount(out int count) ? count : null;

    /// <summary>The first batches, to be used again and again; a loader that owns its batches leaves them to us.</summary>
    static List<IBatch> Few(IEnumerable<IBatch> data, int few) => [.. data.Take(few)];
}
