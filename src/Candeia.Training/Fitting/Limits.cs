namespace Candeia.Training;

/// <summary>How long a fit lasts besides its number of epochs, and how much of the data it sees.</summary>
public sealed record Limits
{
    /// <summary>How many epochs there are at least, whatever callbacks wish.</summary>
    public int MinEpochs
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(MinEpochs));
            field = value;
        }
    }

    /// <summary>How many training batches there are at most, in all epochs together.</summary>
    public int? Steps { get; init => field = Positive(value, nameof(Steps)); }

    /// <summary>How long a fit lasts at most; the batch in work is finished.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>How many batches a training epoch has at most.</summary>
    public int? TrainBatches { get; init => field = Positive(value, nameof(TrainBatches)); }

    /// <summary>How many batches a validation pass of a fit has at most.</summary>
    public int? ValidBatches { get; init => field = Positive(value, nameof(ValidBatches)); }

    /// <summary>One epoch of one batch, everything else as it is.</summary>
    public bool DryRun { get; init; }

    /// <summary>How many batches are learnt by heart: the first ones, in every epoch and for validation too.</summary>
    public int? Overfit { get; init; }

    /// <summary>How many validation batches are measured before the first epoch.</summary>
    public int SanityCheck { get; init; }

    static int? Positive(int? value, string name) =>
        value is null or > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "A limit is at least 1; without one, name none.");

    /// <summary>How many batches a pass has: as many as there are, and not more than wanted.</summary>
    internal int? Least(int? available, int? wanted)
    {
        if (DryRun) wanted = 1;
        return available is null || wanted is null ? available ?? wanted : Math.Min(available.Value, wanted.Value);
    }
}
