namespace Candeia.Training;

/// <summary>A callback has failed; the message names it, the event, the epoch and the batch, and the cause is the inner exception.</summary>
public sealed class CallbackException : Exception
{
    internal CallbackException(Callback callback, string @event, Phase? phase, int? epoch, int? batch, Exception inner)
        : base($"The callback {callback.GetType().Name} failed on {Describe(@event, phase, epoch, batch)}: {inner.Message}", inner) =>
        (Callback, Event, Phase, Epoch, Batch) = (callback, @event, phase, epoch, batch);

    /// <summary>What has failed.</summary>
    public Callback Callback { get; }

    /// <summary>The name of the event, such as <c>BatchEnd</c>, or <c>Around</c> where the callback wraps the step.</summary>
    public string Event { get; }

    /// <summary>The pass, where the event belongs to one.</summary>
    public Phase? Phase { get; }

    /// <summary>The epoch, counted from 1, where the event belongs to one.</summary>
    public int? Epoch { get; }

    /// <summary>The batch, counted from 1, where the event belongs to one.</summary>
    public int? Batch { get; }

    static string Describe(string @event, Phase? phase, int? epoch, int? batch)
    {
        string? pass = phase switch { Training.Phase.Train => "training", Training.Phase.Valid => "validation", Training.Phase.Predict => "prediction", _ => null };
        return $"{@event}{(epoch is null ? "" : $" of epoch {epoch}")}{(pass is null ? "" : $", {pass}")}{(batch is null ? "" : $" batch {batch}")}";
    }
}
