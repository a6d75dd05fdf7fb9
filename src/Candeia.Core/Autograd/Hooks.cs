namespace Candeia;

/// <summary>What users want to do with a gradient on its way: it may be watched, or replaced.</summary>
internal sealed class Hooks
{
    static int s_leavesWatched;
    readonly List<Func<Tensor, Tensor?>> _gradient = [];
    readonly List<Action<Tensor>> _accumulated = [];

    /// <summary>Whether somewhere somebody wants to know when the gradient of a leaf is complete.</summary>
    public static bool AnyLeafWatched => Volatile.Read(ref s_leavesWatched) > 0;

    /// <summary>Whether somebody wants to know when this gradient has been added.</summary>
    public bool WatchesLeaf => _accumulated.Count > 0;

    public IDisposable Add(Func<Tensor, Tensor?> hook)
    {
        _gradient.Add(hook);
        return new Handle(() => _gradient.Remove(hook));
    }

    public IDisposable Add(Action<Tensor> hook)
    {
        _accumulated.Add(hook);
        Interlocked.Increment(ref s_leavesWatched);
        return new Handle(() =>
        {
            if (_accumulated.Remove(hook)) Interlocked.Decrement(ref s_leavesWatched);
        });
    }

    /// <summary>The gradient as the hooks, in the order in which they were added, make it.</summary>
    public Tensor Pass(Tensor grad)
    {
        foreach (var hook in _gradient.ToArray())
        {
            var other = hook(grad);
            if (other is null) continue;
            if (other.Shape != grad.Shape || other.DType != grad.DType)
                throw new ShapeException($"A hook made a gradient {other.DType} {other.Shape} of one that is {grad.DType} {grad.Shape}; both must agree.");
            grad = other;
        }
        return grad;
    }

    public void Tell(Tensor leaf)
    {
        foreach (var hook in _accumulated.ToArray()) hook(leaf);
    }

    sealed class Handle(Action remove) : IDisposable
    {
        Action? _remove = remove;

        public void Dispose() => Interlocked.Exchange(ref _remove, null)?.Invoke();
    }
}
