namespace Candeia.Distributed;

/// <summary>Where threads that are ranks meet: each lays something down, and sees what all have laid down.</summary>
internal sealed class Meeting(int size, Meeting? root = null)
{
    readonly object?[] _laid = new object?[size];
    readonly bool[] _waits = new bool[size];
    readonly Meeting? _root = root;
    int _here, _round;
    string? _ended;

    public int Size => size;

    /// <summary>Whose end is the end of all.</summary>
    Meeting Root => _root ?? this;

    /// <summary>Lays something down, waits for all, and makes something of what lies there; nobody leaves before all have.</summary>
    public TResult Exchange<TResult>(int rank, object mine, Func<object[], TResult> make)
    {
        _laid[rank] = mine;
        Gather();
        var result = make(_laid!);
        Gather();
        return result;
    }

    /// <summary>A meeting of the same ranks besides this one: the first rank's, for all.</summary>
    public Meeting Another(int rank) => Exchange(rank, new Meeting(size, Root), laid => (Meeting)laid[0]);

    public void TellWaiting(int rank) => _waits[rank] = true;

    public IReadOnlyList<int> Silent(int rank) => [.. Enumerable.Range(0, size).Where(r => r != rank && !_waits[r])];

    /// <summary>Ends all who wait here, or will.</summary>
    public void End(string why) => Interlocked.CompareExchange(ref Root._ended, why, null);

    /// <summary>Lets a while pass for who waits elsewhere.</summary>
    public void Rest()
    {
        Look();
        Thread.Sleep(1);
    }

    void Look()
    {
        if (Volatile.Read(ref Root._ended) is { } why) throw new DistributedException(why);
    }

    void Gather()
    {
        int round = Volatile.Read(ref _round);
        if (Interlocked.Increment(ref _here) == size)
        {
            Volatile.Write(ref _here, 0);
            Volatile.Write(ref _round, round + 1);
            return;
        }
        for (int turns = 0; Volatile.Read(ref _round) == round; turns++)
        {
            Look();
            if (turns < 50) Thread.Yield();
            else Thread.Sleep(turns < 500 ? 0 : 1);
        }
    }
}
