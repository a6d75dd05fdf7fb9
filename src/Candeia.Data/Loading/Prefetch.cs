using System.Collections;
using System.Runtime.ExceptionServices;

namespace Candeia.Data;

/// <summary>Batches made ahead by threads, handed out in order. A failure surfaces where its batch would have come.</summary>
internal sealed class Prefetch<T> : IEnumerator<T>
{
    readonly int _count, _ahead;
    readonly Func<int, T> _load;
    readonly Dictionary<int, (T? Value, ExceptionDispatchInfo? Error)> _ready = [];
    int _claimed, _handedOut;
    bool _stopped;

    public Prefetch(int first, int count, int workers, Func<int, T> load)
    {
        (_count, _load, _ahead) = (count, load, workers + 2);
        _claimed = _handedOut = first;
        for (int i = 0; i < Math.Min(workers, count - first); i++) new Thread(Work) { IsBackground = true, Name = $"Candeia loader {i}" }.Start();
    }

    public T Current { get; private set; } = default!;

    object? IEnumerator.Current => Current;

    public bool MoveNext()
    {
        (T? Value, ExceptionDispatchInfo? Error) next;
        lock (_ready)
        {
            if (_handedOut == _count || _stopped) return false;
            while (!_ready.Remove(_handedOut, out next)) Monitor.Wait(_ready);
            _handedOut++;
            Monitor.PulseAll(_ready);
        }
        next.Error?.Throw();
        Current = next.Value!;
        return true;
    }

    public void Dispose()
    {
        lock (_ready)
        {
            _stopped = true;
            _ready.Clear();
            Monitor.PulseAll(_ready);
        }
    }

    public void Reset() => throw new NotSupportedException("Enumerate the loader again instead.");

    void Work()
    {
        while (TryClaim(out int batch))
        {
            (T?, ExceptionDispatchInfo?) result;
            try
            {
                result = (_load(batch), null);
            }
            catch (Exception e)
            {
                result = (default, ExceptionDispatchInfo.Capture(e));
            }
            lock (_ready)
            {
                if (!_stopped) _ready[batch] = result;
                Monitor.PulseAll(_ready);
            }
        }
    }

    bool TryClaim(out int batch)
    {
        lock (_ready)
        {
            while (!_stopped && _claimed < _count && _claimed - _handedOut >= _ahead) Monitor.Wait(_ready);
            batch = _claimed;
            if (_stopped || _claimed == _count) return false;
            _claimed++;
            return true;
        }
    }
}
