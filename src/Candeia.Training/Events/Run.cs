using System.Diagnostics;
using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>A call of Fit, Evaluate or Predict while it runs: what callbacks see of it, and how they stop it.</summary>
public sealed class Run
{
    internal Run(Layer model, IReadOnlyList<Optimizer> optimizers, IReadOnlyList<Callback> callbacks)
    {
        (Model, Optimizers, Callbacks) = (model, optimizers, callbacks);
        Notify = new(callbacks);
    }

    /// <summary>The model at work.</summary>
    public Layer Model { get; }

    /// <summary>What updates it: the first or only optimizer; none outside of training.</summary>
    public Optimizer? Optimizer => Optimizers is [var first, ..] ? first : null;

    /// <summary>All optimizers; none outside of training.</summary>
    public IReadOnlyList<Optimizer> Optimizers { get; }

    /// <summary>All callbacks, in the order in which they are told of events.</summary>
    public IReadOnlyList<Callback> Callbacks { get; }

    /// <summary>The number of the last epoch that was asked for; in a fit that goes on with an earlier one, the epochs of that are counted too.</summary>
    public int Epochs { get; internal init; } = 1;

    /// <summary>How many epochs there shall be at least: a <see cref="Stop"/> before is not heeded unless it is urgent.</summary>
    public int MinEpochs { get; internal init; }

    /// <summary>Batches in a training epoch, where the source knows.</summary>
    public int? TrainBatches { get; internal init; }

    /// <summary>Batches in a validation or prediction pass, where the source knows.</summary>
    public int? ValidBatches { get; internal init; }

    /// <summary>The number of training batches when all epochs are done, where the source knows.</summary>
    public int? TotalSteps { get; internal init; }

    /// <summary>The present epoch, counted from 1; 0 before the first.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The present batch of the present pass, counted from 1; 0 before the first.</summary>
    public int Batch => Tally?.Batch ?? 0;

    /// <summary>How many training batches are done, those of earlier fits included that this one goes on with.</summary>
    public int Step { get; internal set; }

    /// <summary>The losses and metrics of the epochs so far.</summary>
    public History History { get; internal set; } = History.Empty;

    /// <summary>Why the run ends early, once it has been stopped.</summary>
    public string? StopReason { get; private set; }

    /// <summary>Whether somebody wants the end at once.</summary>
    internal bool IsCancelled { get; private set; }

    /// <summary>Whether the run was stopped from outside or by a limit: what it has left to do can be done another time.</summary>
    internal bool IsUnfinished { get; private set; }

    /// <summary>A module with state of its own that computes the loss.</summary>
    internal LossModule? LossModule { get; init; }

    /// <summary>Whether this is only to see that everything works (<see cref="Learner{TModel}.DryRun"/>): what writes files writes none then.</summary>
    public bool IsDryRun { get; internal init; }

    /// <summary>Where the data come from; only in training.</summary>
    internal (IEnumerable<Batch> Train, IEnumerable<Batch>? Valid) Sources { get; init; } = ([], null);

    /// <summary>The learning rate at the beginning of the epoch, the time since, and the time that an earlier process spent on it.</summary>
    internal (double LearningRate, Stopwatch Watch, double Seconds) EpochBegan { get; set; }

    /// <summary>Tells the callbacks.</summary>
    internal Notifier Notify { get; }

    /// <summary>The counts of the present pass.</summary>
    internal Tally? Tally { get; set; }

    /// <summary>Ends the run after the current batch; what was learnt is kept.</summary>
    /// <param name="reason">What the user reads: <c>no improvement for 3 epochs</c>.</param>
    /// <param name="urgent">
    /// Whether somebody wants it at once: also before <see cref="MinEpochs"/> are complete, when other requests are forgotten. What is left to do then
    /// can be done another time.
    /// </param>
    public void Stop(string reason, bool urgent = false)
    {
        if (StopReason is not null || !urgent && History.Epochs.Count < MinEpochs) return;
        (IsCancelled, IsUnfinished, StopReason) = (urgent, urgent, reason);
    }

    /// <summary>Ends the run because it had ended before, whatever the number of epochs.</summary>
    internal void Finish(string reason) => StopReason ??= reason;

    /// <summary>Ends the run because a limit is reached that was set for it, whatever the number of epochs.</summary>
    internal void Pause(string reason)
    {
        if (StopReason is null) (IsUnfinished, StopReason) = (true, reason);
    }

    /// <summary>Adds a number to the result of the present pass; several under one name are averaged by their weights.</summary>
    /// <param name="name">The name under which the result has it.</param>
    /// <param name="value">The number.</param>
    /// <param name="weight">How much it counts, such as the size of a batch.</param>
    /// <param name="detail">More than fits into a number, for <see cref="PhaseResult.Detail{T}"/>.</param>
    /// <exception cref="InvalidOperationException">No pass over data is under way.</exception>
    public void Record(string name, double value, double weight = 1, object? detail = null)
    {
        if (Tally is null or { IsClosed: true })
            throw new InvalidOperationException($"{name} cannot be recorded here: numbers belong to a pass over data, from {nameof(PhaseBegin)} to {nameof(PhaseEnd)}.");
        Tally.Record(name, value, weight, detail);
    }
}
