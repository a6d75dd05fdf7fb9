namespace Candeia.Distributed;

/// <summary>How a run talks: the ranks, who watches over waits, and the thread that sums gradients while others are computed, if there is one.</summary>
internal sealed class Line : IDisposable
{
    readonly ICommunicator? _aside;

    public Line(ICommunicator ranks, Watchdog watchdog, bool overlaps)
    {
        (Ranks, Watchdog) = (ranks, watchdog);
        if (!overlaps) return;
        ICommunicator? aside = null;
        watchdog.While("a second line", () => aside = ranks.Duplicate());
        _aside = aside;
        Courier = new();
    }

    public ICommunicator Ranks { get; }

    public Watchdog Watchdog { get; }

    /// <summary>Where gradients are added up, if it is worth to have a place made for them; without, messages are sent.</summary>
    public CommonMemory? Memory { get; init; }

    /// <summary>Whether gradients of float32 are sent as bfloat16.</summary>
    public bool IsNarrow { get; init; }

    /// <summary>Sums while others compute; null where everything waits for its sum.</summary>
    public Courier? Courier { get; }

    /// <summary>Begins to add up a bucket, or does it.</summary>
    public void Send(Bucket bucket) => Send(ranks => bucket.Sum(ranks, Courier is null ? null : Courier.WaitFor));

    /// <summary>Begins to add up some numbers, or does it.</summary>
    public void Send(double[] numbers) => Send(ranks => ranks.AllReduce<double>(numbers));

    // One thread alone talks and waits: two that wait in the library would take the processor from each other.
    void Send(Action<ICommunicator> sum)
    {
        if (Courier is not null) Courier.Send(() => sum(_aside!));
        else Watchdog.While("the gradients", () => sum(Ranks));
    }

    /// <summary>Waits for all that was begun.</summary>
    public void Wait()
    {
        if (Courier is not null) Watchdog.While("the gradients", Courier.Wait);
    }

    /// <summary>All ranks end the line together.</summary>
    public void Dispose()
    {
        Courier?.Dispose();
        Memory?.Dispose();
        _aside?.Dispose();
    }
}
