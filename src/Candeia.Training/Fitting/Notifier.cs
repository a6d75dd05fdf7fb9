namespace Candeia.Training;

/// <summary>
/// Tells callbacks of events, in their order; after them what averages weights, then what saves the state of all, and last what measures their time.
/// What one of them throws names it, and the event.
/// </summary>
internal sealed class Notifier(IEnumerable<Callback> callbacks)
{
    readonly Callback[] _callbacks = [.. callbacks.OrderBy(c => c switch { Profile => 3, AutoResume => 2, AveragedWeights => 1, _ => 0 })];

    public void Each<TEvent>(TEvent e, Action<Callback, TEvent> tell) where TEvent : notnull
    {
        foreach (var callback in _callbacks)
        {
            try
            {
                tell(callback, e);
            }
            catch (Exception inner) when (inner is not (OperationCanceledException or NanException))
            {
                throw new CallbackException($"The callback {callback.GetType().Name} failed on {Describe(e)}: {inner.Message}", inner);
            }
        }
    }

    /// <summary>Tells all, even if some fail; of failures nothing is said.</summary>
    public void EachInAnyCase<TEvent>(TEvent e, Action<Callback, TEvent> tell) where TEvent : notnull
    {
        foreach (var callback in _callbacks)
        {
            try { tell(callback, e); }
            catch (Exception) { }                                           // there is a first failure already, which the user will see
        }
    }

    /// <summary>The step inside all that callbacks wrap around it.</summary>
    public Step Wrap(Step step)
    {
        foreach (var callback in _callbacks.Reverse())
        {
            var (wrapping, inner) = (callback, step);
            step = context => wrapping.Around(context, inner);
        }
        return step;
    }

    static string Describe<TEvent>(TEvent e) => e switch
    {
        BatchBegin b => $"{nameof(BatchBegin)} of epoch {b.Epoch}, batch {b.Batch}",
        GradientsReady b => $"{nameof(GradientsReady)} of epoch {b.Epoch}, batch {b.Batch}",
        BatchEnd b => $"{nameof(BatchEnd)} of epoch {b.Epoch}, batch {b.Batch}",
        PhaseBegin p => $"{nameof(PhaseBegin)} of epoch {p.Epoch}",
        PhaseEnd p => $"{nameof(PhaseEnd)} of epoch {p.Epoch}",
        EpochBegin p => $"{nameof(EpochBegin)} of epoch {p.Epoch}",
        EpochEnd p => $"{nameof(EpochEnd)} of epoch {p.Result.Epoch}",
        _ => typeof(TEvent).Name,
    };
}
