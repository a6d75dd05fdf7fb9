using Candeia.NN;

namespace Candeia.Training;

/// <summary>A call of Fit, Evaluate or Predict while it runs: what callbacks see of it, and how they stop it.</summary>
public sealed class Run
{
    internal Run(Module model, IReadOnlyList<Optimizer> optimizers, IReadOnlyList<Callback> callbacks, Ledger ledger) =>
        (Model, Optimizers, Callbacks, Ledger) = (model, optimizers, callbacks, ledger);

    /// <summary>The model at work.</summary>
    public Module Model { get; }

    /// <summary>Whether the run is a fit, which updates parameters, and no measurement or prediction.</summary>
    public bool IsFit => Optimizers.Count > 0;

    /// <summary>What updates the model: the first or only optimizer; none outside of training.</summary>
    public Optimizer? Optimizer => IsFit ? Optimizers[0] : null;

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

    /// <summary>Whether this is only to see that everything works (<see cref="Learner{TModel}.DryRun"/>): what writes files writes none then.</summary>
    public bool IsDryRun { get; internal init; }

    /// <summary>Whether this process is the first, or the only one, of those that do the run together: what draws, or writes files, does so there alone.</summary>
    public bool IsFirst => Ledger.Peers?.IsFirst ?? true;

    /// <summary>Whether files are written.</summary>
    internal bool Writes => IsFirst && !IsDryRun;

    /// <summary>The present epoch, counted from 1; 0 before the first.</summary>
    public int Epoch { get; internal set; }

    /// <summary>The present batch of the present pass, counted from 1; 0 before the first.</summary>
    public int Batch => Ledger.Tally?.Batch ?? 0;

    /// <summary>How many training batches are done, those of earlier fits included that this one goes on with.</summary>
    public int Step { get; internal set; }

    /// <summary>The mean loss of the present pass so far. Reading it waits for the device; not a number before the first batch.</summary>
    public double Loss => Ledger.Tally?.Losses.Mean ?? double.NaN;

    /// <summary>The losses and metrics of the epochs so far.</summary>
    public History History { get; internal set; } = History.Empty;

    /// <summary>Why the run ends early, once it has been stopped.</summary>
    public string? StopReason { get; private set; }

    /// <summary>What the loop keeps.</summary>
    internal Ledger Ledger { get; }

    /// <summary>Ends the run after the current batch; what was learnt is kept.</summary>
    /// <param name="reason">What the user reads: <c>no improvement for 3 epochs</c>.</param>
    /// <param name="urgent">
    /// Whether somebody wants it at once: also before <see cref="MinEpochs"/> are complete, when other requests are forgotten. What is left to do then
    /// can be done another time. Of several processes that do the run together one may want it: all stop after the same batch. What is not urgent all
    /// have to decide on by the same numbers, such as results.
    /// </param>
    public void Stop(string reason, bool urgent = false)
    {
        if (StopReason is not null || !urgent && History.Epochs.Count < MinEpochs) return;
        if (urgent) Ask(new(reason, IsCancelled: true));
        else (Ledger.IsCancelled, Ledger.IsUnfinished, StopReason) = (false, false, reason);
    }

    /// <summary>Ends the run for a reason that this process alone knows of: where several do the run together, once all have heard of it.</summary>
    internal void Ask(StopRequest request)
    {
        if (Ledger.Peers is null) Grant(request);
        else Interlocked.CompareExchange(ref Ledger.Asked, request, null);
    }

    /// <summary>Ends the run, because all processes know that one of them wants it.</summary>
    internal void Grant(StopRequest request)
    {
        if (StopReason is null) (Ledger.IsCancelled, Ledger.IsUnfinished, StopReason) = (request.IsCancelled, true, request.Reason);
    }

    /// <summary>Ends the run because it had ended before, whatever the number of epochs.</summary>
    internal void Finish(string reason) => StopReason ??= reason;

    /// <summary>Ends the run because a limit is reached that was set for it, whatever the number of epochs.</summary>
    internal void Pause(string reason) => Grant(new(reason, IsCancelled: false));

    /// <summary>Adds a number to the result of the present pass; several under one name are averaged by their weights.</summary>
    /// <param name="name">The name under which the result has it. It belongs to the callback, or the step, that records it first.</param>
    /// <param name="value">The number.</param>
    /// <param name="weight">How much it counts, such as the size of a batch.</param>
    /// <param name="detail">More than fits into a number, for <see cref="PhaseResult.Detail{T}"/>.</param>
    /// <exception cref="InvalidOperationException">No pass over data is under way, or another callback records under this name.</exception>
    public void Record(string name, double value, double weight = 1, object? detail = null)
    {
        Under(name, detail).Add(weight, value);
        Ledger.Tally!.Refresh(name);
    }

    /// <summary>Adds a number that a device may still be computing; it is read when the result of the pass is made.</summary>
    /// <param name="name">The name under which the result has it. It belongs to the callback, or the step, that records it first.</param>
    /// <param name="value">A tensor with one element.</param>
    /// <param name="weight">How much it counts, such as the size of a batch.</param>
    /// <exception cref="InvalidOperationException">No pass over data is under way, or another callback records under this name.</exception>
    public void Record(string name, Tensor value, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(value);
        Under(name, null).Add(weight, value);
        Ledger.Tally!.Refresh(name);
    }

    Readings Under(string name, object? detail) => Ledger.Tally is null or { IsClosed: true }
        ? throw new InvalidOperationException($"{name} cannot be recorded here: numbers belong to a pass over data, from {nameof(PhaseBegin)} to {nameof(PhaseEnd)}.")
        : Ledger.Tally.Under(name, Ledger.Notify.Teller, detail);
}
