using System.Diagnostics;

namespace Candeia.Serving;

/// <summary>The requests that wait, in the order in which they came, and how batches are made of them.</summary>
/// <remarks>
/// The first of a batch would wake who computes at once, and on a busy machine be computed alone while the next ones are still being read. So what stands before it in
/// the line of the thread pool has its turn first, and once more as long as that brings others. On an idle machine nothing stands there.
/// </remarks>
sealed class RequestQueue(BatchingOptions options, bool together) : IThreadPoolWorkItem
{
    /// <summary>Nobody waits longer for a thread pool whose threads are all held up.</summary>
    static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(2);

    readonly Queue<Waiting> _waiting = [];
    readonly bool _gathers = together && options.Most > 1;
    int _rows, _rowsSeen;
    bool _isGathering, _isAsleep, _closed;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get { lock (_waiting) return _waiting.Count; }
    }

    /// <summary>Puts a request at the end; false if there is no room.</summary>
    /// <exception cref="ObjectDisposedException">Nothing is taken any more.</exception>
    public bool TryAdd(Waiting request)
    {
        lock (_waiting)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(Predictor));
            if (_waiting.Count >= options.Queue) return false;
            _waiting.Enqueue(request);
            _rows += request.Rows;
            if (_gathers && _waiting.Count == 1) Gather();
            if (_isAsleep || _rows >= options.Most) Monitor.Pulse(_waiting);
            return true;
        }
    }

    /// <summary>Takes nothing any more; what waits is still handed out.</summary>
    public void Close()
    {
        lock (_waiting)
        {
            _closed = true;
            Monitor.Pulse(_waiting);
        }
    }

    /// <summary>Waits for the next batch: requests that go together, with at most as many items as may be. Null when the queue is closed and empty.</summary>
    public List<Waiting>? Take()
    {
        lock (_waiting)
        {
            while (_waiting.Count == 0)
            {
                if (_closed) return null;
                _isAsleep = true;
                Monitor.Wait(_waiting);
                _isAsleep = false;
            }
            WaitForOthers();
            List<Waiting> batch = [Next()];
            for (int rows = batch[0].Rows; together && _waiting.TryPeek(out var next) && rows + next.Rows <= options.Most && next.GoesWith(batch[0]); rows += next.Rows)
                batch.Add(Next());
            return batch;
        }
    }

    Waiting Next()
    {
        var next = _waiting.Dequeue();
        _rows -= next.Rows;
        return next;
    }

    void WaitForOthers()
    {
        if (!_gathers) return;
        long now = Stopwatch.GetTimestamp();
        while (_isGathering && CanWait(now, s_patience)) { }
        while (CanWait(_waiting.Peek().Since, options.Delay)) { }
    }

    /// <summary>Waits for news; false if the time is over or the batch is full.</summary>
    bool CanWait(long since, TimeSpan most)
    {
        var rest = most - Stopwatch.GetElapsedTime(since);
        if (_closed || _rows >= options.Most || rest <= TimeSpan.Zero) return false;
        Monitor.Wait(_waiting, TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)));
        return true;
    }

    /// <summary>Lets what stands in the line of the thread pool have its turn.</summary>
    void Gather()
    {
        if (_isGathering) return;
        (_isGathering, _rowsSeen) = (true, _rows);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    void IThreadPoolWorkItem.Execute()
    {
        lock (_waiting)
        {
            _isGathering = false;
            if (_rows > _rowsSeen && _rows < options.Most) Gather();
            else Monitor.Pulse(_waiting);
        }
    }
}
