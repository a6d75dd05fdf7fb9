namespace Candeia.Training;

/// <summary>Tells callbacks of events, by their order. What one of them throws names it, and the event.</summary>
internal sealed class Notifier(IEnumerable<Callback> callbacks)
{
    readonly Callback[] _callbacks = [.. callbacks.OrderBy(c => c.Order)];

    /// <summary>Who is being told of something, or wraps what is being done; null while the step itself is at work.</summary>
    public Callback? Teller { get; private set; }

    public void Each<TEvent>(TEvent e, Action<Callback, TEvent> tell) where TEvent : notnull
    {
        foreach (var callback in _callbacks)
        {
            var before = Teller;
            try
            {
                Teller = callback;
                tell(callback, e);
            }
            catch (Exception inner) when (IsItsOwn(inner))
            {
                throw Failure(callback, e, inner);
            }
            finally
            {
                Teller = before;
            }
        }
    }

    /// <summary>Tells all, even if some fail; returns the first failure.</summary>
    public Exception? EachInAnyCase<TEvent>(TEvent e, Action<Callback, TEvent> tell) where TEvent : notnull
    {
        Exception? first = null;
        foreach (var callback in _callbacks)
        {
            try { tell(callback, e); }
            catch (Exception inner) { first ??= IsItsOwn(inner) ? Failure(callback, e, inner) : inner; }
        }
        return first;
    }

    /// <summary>The step inside all that callbacks wrap around it. What fails within is not theirs.</summary>
    public Step Wrap(Step step)
    {
        foreach (var callback in _callbacks.Reverse().Where(Wraps))
        {
            var (wrapping, inner) = (callback, step);
            step = context =>
            {
                var before = Teller;
                Exception? within = null;
                Step noting = c =>
                {
                    Teller = before;
                    try { return inner(c); }
                    catch (Exception e)
                    {
                        within = e;
                        throw;
                    }
                    finally { Teller = wrapping; }
                };
                try
                {
                    Teller = wrapping;
                    return wrapping.Around(context, noting);
                }
                catch (Exception e) when (e != within && IsItsOwn(e))
                {
                    throw new CallbackException(wrapping, nameof(Callback.Around), context.Phase, context.Run.Epoch, context.Run.Batch, e);
                }
                finally
                {
                    Teller = before;
                }
            };
        }
        return step;
    }

    /// <summary>Whether a callback has an Around of its own: two calls through delegates less for every other one and batch.</summary>
    static bool Wraps(Callback callback) => ((Func<StepContext, Step, StepResult>)callback.Around).Method.DeclaringType != typeof(Callback);

    /// <summary>Whether a failure is to be named after the callback: what says by itself what it is about is not.</summary>
    static bool IsItsOwn(Exception e) => e is not (OperationCanceledException or NanException or CallbackException);

    static CallbackException Failure<TEvent>(Callback callback, TEvent e, Exception inner)
    {
        (Phase? Phase, int? Epoch, int? Batch) at = e switch
        {
            BatchBegin b => (b.Phase, b.Epoch, b.Batch),
            GradientsReady b => (Phase.Train, b.Epoch, b.Batch),
            BatchEnd b => (b.Phase, b.Epoch, b.Batch),
            PhaseBegin p => (p.Phase, p.Epoch, null),
            PhaseEnd p => (p.Phase, p.Epoch, null),
            EpochBegin p => (null, p.Epoch, null),
            EpochEnd p => (null, p.Result.Epoch, null),
            _ => default,
        };
        return new(callback, typeof(TEvent).Name, at.Phase, at.Epoch, at.Batch, inner);
    }
}
