namespace Candeia.Data;

/// <summary>What is common to all loaders, whatever their batches are.</summary>
public abstract class Loader
{
    private protected Loader(int batchSize, bool dropLast, bool ownsBatches)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        (BatchSize, DropLast, OwnsBatches) = (batchSize, dropLast, ownsBatches);
    }

    /// <summary>The number of items in a batch.</summary>
    public int BatchSize { get; }

    /// <summary>Whether a last batch with fewer items is left out.</summary>
    public bool DropLast { get; }

    /// <summary>The epoch that the next enumeration gives; set it to repeat or to resume.</summary>
    public int Epoch { get; set; }

    /// <summary>
    /// Whether the tensors of every batch are its own, so that their memory may be given back after use: those of an <see cref="IBatch"/> are, and
    /// where a data set hands out tensors that it keeps, the batch has copies.
    /// </summary>
    public bool OwnsBatches { get; }

    /// <summary>What the order of every epoch follows from.</summary>
    internal abstract GeneratorState Seed { get; set; }

    /// <summary>The number of batches in an epoch; null, where nobody knows it.</summary>
    internal abstract int? Batches { get; }

    /// <summary>The batches of the next epoch, to train on, from one of them on.</summary>
    /// <exception cref="InvalidOperationException">The batches are of a type that cannot be trained on.</exception>
    internal abstract IEnumerable<IBatch> Trained(int from = 0);

    /// <summary>How many parts are gone through side by side.</summary>
    internal virtual int Lanes => 1;

    /// <summary>What some lanes give for the batches of the next epoch, from one of them on. They end where these lanes do; a last one that is too small is among them.</summary>
    internal virtual IEnumerator<LanesPart> Part(Range lanes, int from) => throw new NotSupportedException("These batches have no lanes.");

    private protected static InvalidOperationException Untrainable(Type batch) => new(
        $"Batches of the type {batch} cannot be trained on: let the collate function give a Batch, or a type of your own that is an {nameof(IBatch)}.");
}
