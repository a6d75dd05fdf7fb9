using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Candeia.Distributed;

/// <summary>A thread that does one thing after the other while who has sent them computes on: the sums of gradients, on a line of their own.</summary>
internal sealed class Courier : IDisposable
{
    readonly BlockingCollection<Action> _work = [];
    readonly Thread _thread;
    Exception? _failure;
    int _open;
    bool _hurries;

    public Courier() => (_thread = new(Run) { IsBackground = true, Name = "gradients" }).Start();

    /// <summary>Has something done, after all that was sent before.</summary>
    public void Send(Action action)
    {
        lock (_work) _open++;
        _work.Add(action);
    }

    /// <summary>
    /// Waits for messages, on the courier's thread. A library of MPI brings them on only while it is asked, and one that waits takes a processor from who computes; so it is asked
    /// in short intervals, until somebody waits for the courier.
    /// </summary>
    public void WaitFor(IPending pending)
    {
        while (!Volatile.Read(ref _hurries))
        {
            if (pending.IsDone) return;
            pending.Rest();
        }
        pending.Wait();
    }

    /// <summary>Waits until everything is done.</summary>
    public void Wait()
    {
        Volatile.Write(ref _hurries, true);
        lock (_work) while (_open > 0) Monitor.Wait(_work);
        Volatile.Write(ref _hurries, false);
        if (Interlocked.Exchange(ref _failure, null) is { } failure) ExceptionDispatchInfo.Throw(failure);
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        if (_thread.Join(TimeSpan.FromSeconds(1))) _work.Dispose();          // it may wait for a rank that will not come
    }

    void Run()
    {
        foreach (var action in _work.GetConsumingEnumerable())
        {
            try
            {
                if (_failure is null) action();
            }
#pragma warning disable CA1031 // thrown where it is waited for
            catch (Exception e)
#pragma warning restore CA1031
            {
                _failure = e;
            }
            lock (_work)
            {
                _open--;
                Monitor.PulseAll(_work);
            }
        }
    }
}
