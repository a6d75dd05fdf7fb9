namespace Candeia.Training;

/// <summary>
/// Something with a state that a resumed run needs: a callback, or the counts of a metric. A callback takes part in <see cref="AutoResume"/> by
/// implementing it; nothing has to be registered.
/// </summary>
/// <example><code>
/// sealed class Counter : Callback, IResumable
/// {
///     long _batches;
///     public override void On(BatchEnd e) => _batches++;
///     public void Save(SavedState state) => state.Set("batches", _batches);
///     public void Restore(SavedState state) => _batches = state.Integer("batches");
/// }
/// </code></example>
public interface IResumable
{
    /// <summary>Writes down all that is needed to go on exactly. Called after the other events of the moment.</summary>
    void Save(SavedState state);

    /// <summary>
    /// Goes on from what was written down. Called after the events that begin the run (and, in the middle of an epoch, those that begin the epoch
    /// and the pass), and before the optimizer is restored, so that a callback can add to it the groups of parameters that it had then.
    /// </summary>
    void Restore(SavedState state);
}
