using System.Collections;
using System.Runtime.ExceptionServices;

namespace Candeia.Data;

/// <summary>
/// Batches made ahead by threads, handed out in order. A failure surfaces where its batch would have come. The threads know what they share and not
/// this enumerator, so that one that was forgotten ends them when it is collected.
/// </summary>
internal sealed class Prefetch<T> : IEnumerator<T>
{
    readonly Shared _shared;

    public Prefetch(int first, int count, int workers, Func<int, T> load)
    {
        _shared = new(first, count, workers + 2, load);
        for (int i = 0; i < Math.Min(workers, count - first); i++) new Thread(_shared.Work) { IsBackground = true, Name = $"Candeia loader {i}" }.Start();
    }

    ~Prefetch() => _shared.Stop();

    public T Current { get; private set; } = default!;

    object? IEnumerator.Current => Current;

    public bool MoveNext()
    {
        if (!_shared.TryTake(out T? next)) return false;
        Current = next!;
        return true;
    }

    public void Dispose()
    {
        _shared.Stop();
        GC.SuppressFinalize(this);
    }

    public void Reset() => throw new NotSupportedException("Enumerate the loader again instead.");

    /// <summary>Which batches are made, claimed and handed out.</summary>
    sealed class Shared(int first, int count, int ahead, Func<int, T> load)
    {
        readonly Dictionary<int, (T? Value, ExceptionDispatchInfo? Error)> _ready = [];
        int _claimed = first, _handedOut = first;
        bool _stopped;

        public bool TryTake(out T? value)
        {
            value = default;
            (T? Value, ExceptionDispatchInfo? Error) next;
            lock (_ready)
            {
                if (_handedOut == count || _stopped) return false;
                while (!_ready.Remove(_handedOut, out next)) Monitor.Wait(_ready);
                _handedOut++;
                Monitor.PulseAll(_ready);
            }
            next.Error?.Throw();
            value = next.Value;
            return true;
        }

        public void Stop()
        {
            lock (_ready)
            {
                _stopped = true;
                _ready.Clear();
                Monitor.PulseAll(_ready);
            }
        }

        public void Work()
        {
            while (TryClaim(out int batch))
            {
                (T?, ExceptionDispatchInfo?) result;
                try
                {
                    result = (load(batch), null);
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
                while (!_stopped && _claimed < count && _claimed - _handedOut >= ahead) Monitor.Wait(_ready);
                batch = _claimed;
                if (_stopped || _claimed == count) return false;
                _claimed++;
                return true;
            }
        }
    }
}
