using System.Diagnostics;

namespace Candeia.Serving;

/// <summary>The requests that wait, in the order in which they came, and how batches are made of them.</summary>
sealed class RequestQueue(BatchingOptions options, bool together)
{
    readonly Queue<Waiting> _waiting = [];
    int _rows;
    bool _closed;

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
            Monitor.Pulse(_waiting);
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
                Monitor.Wait(_waiting);
            }
            Delay();
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

    void Delay()
    {
        if (!together || options.Delay == TimeSpan.Zero) return;
        long since = _waiting.Peek().Since;
        while (!_closed && _rows < options.Most && options.Delay - Stopwatch.GetElapsedTime(since) is { Ticks: > 0 } rest)
            Monitor.Wait(_waiting, TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)));
    }
}
