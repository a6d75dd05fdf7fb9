namespace Candeia;

/// <summary>A thread that does items of whatever job is open, stays awake for a moment when there is none, and then sleeps.</summary>
internal sealed class Worker
{
    readonly int _index;
    int _asleep;

    public Worker(int index)
    {
        _index = index;
        new Thread(Loop) { IsBackground = true, Name = $"Candeia worker {index}" }.UnsafeStart();
    }

    /// <summary>False when it is awake already.</summary>
    public bool Wake()
    {
        if (Volatile.Read(ref _asleep) == 0 || Interlocked.Exchange(ref _asleep, 0) == 0) return false;
        lock (this) Monitor.Pulse(this);
        return true;
    }

    void Loop()
    {
        while (true)
        {
            if (Search() is not { } job) Sleep();
            else
            {
                Workers.Wake(job.Unclaimed - 1);
                job.Help(_index);
            }
        }
    }

    Job? Search()
    {
        var patience = new Patience();
        do
            if (_index < Threads.Count && Workers.Next() is { } job) return job;
        while (patience.Spin());
        return null;
    }

    void Sleep()
    {
        Interlocked.Exchange(ref _asleep, 1);
        Workers.Slept(1);
        if (_index < Threads.Count && Workers.Next() is not null) Interlocked.Exchange(ref _asleep, 0);   // came between search and sleep
        lock (this) while (Volatile.Read(ref _asleep) == 1) Monitor.Wait(this);
        Workers.Slept(-1);
    }
}
