using Candeia.Data;

namespace Candeia.Training;

/// <summary>What the loop keeps of a run, besides what callbacks see of it.</summary>
internal sealed class Ledger(IReadOnlyList<Callback> callbacks)
{
    /// <summary>Tells the callbacks.</summary>
    public Notifier Notify { get; } = new(callbacks);

    /// <summary>A module with state of its own that computes the loss.</summary>
    public LossModule? LossModule { get; init; }

    /// <summary>Where the data come from; only in training.</summary>
    public (IEnumerable<IBatch> Train, IEnumerable<IBatch>? Valid) Sources { get; init; } = ([], null);

    /// <summary>Computes the model's outputs for a batch, as Predict does.</summary>
    public Func<StepContext, StepResult> Forward { get; init; } = StepContext.Predict;

    /// <summary>The processes that do the run together with this one; null where it is alone.</summary>
    public IPeers? Peers { get; } = callbacks.OfType<IPeers>().FirstOrDefault(p => p.AreThere);

    /// <summary>Who wants the end, and has not been heard by the others yet.</summary>
    public StopRequest? Asked;

    /// <summary>The present epoch's learning rate and time; null before the first.</summary>
    public EpochClock? Clock { get; set; }

    /// <summary>The counts of the present pass.</summary>
    public Tally? Tally { get; set; }

    /// <summary>Whether somebody wants the end at once.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>Whether the run was stopped from outside or by a limit: what it has left to do can be done another time.</summary>
    public bool IsUnfinished { get; set; }
}
