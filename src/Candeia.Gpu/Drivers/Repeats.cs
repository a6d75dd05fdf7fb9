namespace Candeia.Gpu;

/// <summary>
/// Launches that come again and again in the same order, as those of a training's steps do. They are seen in stretches, which end where the host copies or waits, where a step begins again, and
/// after <see cref="Most"/> launches. When a stretch comes for the third time, its launches wait until all are there, and are run as a whole; where it turns out to be another one, what waits is
/// launched one by one. So nobody can tell but by the clock.
/// </summary>
internal sealed class Repeats(IWhole driver)
{
    /// <summary>The fewest launches of a stretch that is kept, and the most: the device shall not wait long for its work.</summary>
    public const int Least = 8, Most = 64;

    const int MostKept = 256, MostSeen = 4096, MostWholes = 2;

    /// <summary>What is run as a whole, and with which arguments.</summary>
    sealed record Whole(nint Handle, Launched[] Launches);

    /// <summary>A stretch has two wholes where its memory alternates, as that of gradients does, of which those of the step before are let go of after the next ones are there.</summary>
    sealed class Stretch(Launched[] launches)
    {
        public readonly Launched[] Launches = launches;
        public readonly List<Whole> Wholes = [];
        public Stretch? Next;
    }

    readonly Dictionary<(Handle Kernel, long Groups, int Threads), List<Stretch>> _known = [];
    readonly HashSet<int> _seen = [];
    readonly Launched[] _now = [.. Enumerable.Range(0, Most).Select(_ => new Launched())];
    readonly Launched _first = new();
    Stretch? _followed, _last;
    int _count, _sent, _sinceFirst, _kept;
    volatile bool _isWaiting;

    /// <summary>Whether launches wait.</summary>
    public bool IsWaiting => _isWaiting;

    /// <summary>How many stretches have been run as a whole.</summary>
    public long Wholes { get; private set; }

    /// <summary>One more launch.</summary>
    public void Add(Handle kernel, long groups, int threads, Arguments arguments)
    {
        try
        {
            var launch = _now[_count];
            launch.Take(kernel, groups, threads, arguments);
            if (_sinceFirst >= Least && launch.IsSame(_first) || _sinceFirst >= Most && launch.IsLike(_first)) Cut(launch);
            else if (_sinceFirst % MostSeen == 0) _first.Take(kernel, groups, threads, arguments);
            _count++;
            _sinceFirst++;
            _followed = Like();
            if (CanWait) _isWaiting = true;
            else Send();
            if (_count == Most || _followed?.Launches.Length == _count) End();
        }
        catch
        {
            Forget();
            throw;
        }
    }

    // The step begins anew with this launch, which is the first of a new stretch.
    void Cut(Launched launch)
    {
        if (_count > 0)
        {
            End();
            _now[0].Take(launch.Kernel, launch.Groups, launch.Threads, launch.Arguments);
        }
        _sinceFirst = 0;
    }

    /// <summary>Launches all that waits: something else is asked of the device.</summary>
    public void Submit()
    {
        try
        {
            End();
        }
        finally
        {
            Forget();
            _sinceFirst = 0;
        }
    }

    /// <summary>The stretch that all launches are like so far: the one that was before; else the one that followed the last time; else any.</summary>
    Stretch? Like()
    {
        if (_count > 1 && (_followed is null || IsLike(_followed, _count - 1))) return _followed;
        if (_last?.Next is { } next && IsLike(next, 0)) return next;
        return _known.TryGetValue(Key(_now[0]), out var all) ? all.FindLast(each => IsLike(each, 0)) : null;
    }

    bool IsLike(Stretch stretch, int from)
    {
        if (stretch.Launches.Length < _count) return false;
        for (int i = from; i < _count; i++) if (!stretch.Launches[i].IsLike(_now[i])) return false;
        return true;
    }

    static (Handle, long, int) Key(Launched launch) => (launch.Kernel, launch.Groups, launch.Threads);

    void Send()
    {
        while (_sent < _count)
        {
            var launch = _now[_sent++];
            driver.Run(launch);
        }
        _isWaiting = false;
    }

    bool CanWait => _sent == 0 && _followed is { Wholes.Count: > 0 };

    void End()
    {
        if (_count == 0) return;
        var stretch = _followed?.Launches.Length == _count ? _followed : null;
        if (stretch is not null && CanWait) RunWhole(stretch);
        Send();
        if (stretch is null && _count >= Least && !_seen.Add(Hash())) stretch = Keep();
        if (_seen.Count == MostSeen) _seen.Clear();
        if (stretch is not null)
        {
            if (_last is not null) _last.Next = stretch;
            _last = stretch;
        }
        (_count, _sent, _followed) = (0, 0, null);
    }

    int Hash()
    {
        HashCode hash = default;
        for (int i = 0; i < _count; i++)
        {
            hash.Add(Key(_now[i]));
            if (_now[i].Kernel.Value < 0) hash.AddBytes(_now[i].Arguments.Data);
        }
        return hash.ToHashCode();
    }

    /// <summary>Runs the whole that has the fewest other arguments; where these are many, one more is made.</summary>
    void RunWhole(Stretch stretch)
    {
        var (whole, fewest) = (stretch.Wholes[0], int.MaxValue);
        foreach (var each in stretch.Wholes) if (Changes(each) is var changes && changes < fewest) (whole, fewest) = (each, changes);
        if (fewest > _count / 4 && stretch.Wholes.Count < MostWholes && Made() is { } another)
        {
            stretch.Wholes.Add(another);
            whole = another;
        }
        bool runs = false;
        try
        {
            for (int i = 0; i < _count; i++)
            {
                var (known, launch) = (whole.Launches[i].Arguments, _now[i].Arguments);
                if (known.AreThoseOf(launch)) continue;
                known.Take(launch);
                if (!driver.Change(whole.Handle, i, whole.Launches[i])) return;
            }
            _sent = _count;
            _isWaiting = false;
            driver.RunWhole(whole.Handle);
            runs = true;
            Wholes++;
        }
        finally
        {
            if (!runs) Drop(stretch);                                        // what fails is not tried again
        }
    }

    int Changes(Whole whole)
    {
        int changes = 0;
        for (int i = 0; i < _count; i++) if (!whole.Launches[i].Arguments.AreThoseOf(_now[i].Arguments)) changes++;
        return changes;
    }

    Whole? Made()
    {
        Launched[] launches = [.. _now[.._count].Select(launch => launch.Copy())];
        return driver.Make(launches) is var handle and not 0 ? new(handle, launches) : null;
    }

    void Drop(Stretch stretch)
    {
        foreach (var whole in stretch.Wholes) driver.Drop(whole.Handle);
        stretch.Wholes.Clear();
    }

    Stretch Keep()
    {
        if (_kept++ == MostKept)
        {
            foreach (var stretch in _known.Values.SelectMany(all => all)) Drop(stretch);
            _known.Clear();
            (_last, _kept) = (null, 1);
        }
        var whole = Made();
        var made = new Stretch(whole?.Launches ?? [.. _now[.._count].Select(launch => launch.Copy())]);
        if (whole is not null) made.Wholes.Add(whole);
        if (!_known.TryGetValue(Key(_now[0]), out var alike)) _known[Key(_now[0])] = alike = [];
        alike.Add(made);
        return made;
    }

    // What was launched is launched; nothing is left that waits.
    void Forget() => (_count, _sent, _followed, _isWaiting) = (0, 0, null, false);
}
