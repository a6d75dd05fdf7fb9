using System.Collections;
using System.Runtime.ExceptionServices;

namespace Candeia.Data;

/// <summary>
/// Batches made ahead by threads, handed out in order. A failure surfaces where its batch would have come. The threads know what they share and not
/// this enumerator, so that one that was forgotten ends them when it is collected.
/// </summary>
internal sealed class Prefetch<T> : IEnumerator<T>, IAhead
{
    readonly Shared _shared;

    /// <param name="work">What makes the batches, in order; it is taken from here by one thread at a time, and done by several.</param>
    /// <param name="workers">How many threads there are.</param>
    public Prefetch(IEnumerator<Func<T>> work, int workers)
    {
        _shared = new(work, workers + 2);
        for (int i = 0; i < workers; i++) new Thread(_shared.Work) { IsBackground = true, Name = $"Candeia loader {i}" }.Start();
    }

    ~Prefetch() => _shared.Stop();

    public T Current { get; private set; } = default!;

    object? IEnumerator.Current => Current;

    public bool WasReady { get; private set; }

    public bool MoveNext()
    {
        if (!_shared.TryTake(out T? next, out bool waited)) return false;
        (Current, WasReady) = (next!, !waited);
        return true;
    }

    public void Dispose()
    {
        _shared.Stop();
        GC.SuppressFinalize(this);
    }

    public void Reset() => throw new NotSupportedException("Enumerate the loader again instead.");

    /// <summary>Which batches are made, claimed and handed out.</summary>
    sealed class Shared(IEnumerator<Func<T>> work, int ahead)
    {
        readonly Dictionary<int, (T? Value, ExceptionDispatchInfo? Error)> _ready = [];
        readonly Lock _claiming = new();
        int _claimed, _handedOut;
        int? _count;
        bool _stopped;

        public bool TryTake(out T? value, out bool waited)
        {
            (value, waited) = (default, false);
            (T? Value, ExceptionDispatchInfo? Error) next;
            lock (_ready)
            {
                while (true)
                {
                    if (_handedOut == _count || _stopped) return false;
                    if (_ready.Remove(_handedOut, out next)) break;
                    waited = true;
                    Monitor.Wait(_ready);
                }
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
            while (TryClaim(out int batch, out var make))
            {
                (T?, ExceptionDispatchInfo?) result;
                try
                {
                    result = (make(), null);
                }
                catch (Exception e)
                {
                    result = (default, ExceptionDispatchInfo.Capture(e));
                }
                Ready(batch, result);
            }
        }

        void Ready(int batch, (T?, ExceptionDispatchInfo?) result)
        {
            lock (_ready)
            {
                if (!_stopped) _ready[batch] = result;
                Monitor.PulseAll(_ready);
            }
        }

        // The work is taken outside of the lock on what is ready: a slow source keeps nobody from taking a batch that is there.
        bool TryClaim(out int batch, out Func<T> make)
        {
            (batch, make) = (0, null!);
            lock (_claiming)
            {
                lock (_ready)
                {
                    while (!_stopped && _count is null && _claimed - _handedOut >= ahead) Monitor.Wait(_ready);
                    if (_stopped || _count is not null)
                    {
                        work.Dispose();
                        return false;
                    }
                    batch = _claimed++;
                }
                if (TryNext(batch, out make)) return true;
                lock (_ready)
                {
                    _count ??= batch;
                    Monitor.PulseAll(_ready);
                }
                work.Dispose();
                return false;
            }
        }

        // A source that fails is at its end: its fault comes out where its batch would have.
        bool TryNext(int batch, out Func<T> make)
        {
            make = null!;
            try
            {
                if (!work.MoveNext()) return false;
                make = work.Current;
                return true;
            }
            catch (Exception e)
            {
                Ready(batch, (default, ExceptionDispatchInfo.Capture(e)));
                lock (_ready) _count = batch + 1;
                return false;
            }
        }
    }
}
