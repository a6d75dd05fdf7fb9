using Candeia.NN;

namespace Candeia.Distributed;

/// <summary>The gradients of an optimizer's parameters, summed over the shards of all ranks, while the backward pass goes on where that is possible.</summary>
internal sealed class GradientSums : IDisposable
{
    const double SlowMemory = 5e8;                                           // bytes that are found and cleared in a second
    readonly Optimizer _optimizer;
    readonly Line _line;
    readonly List<IDisposable> _hooks = [];
    readonly HashSet<Tensor> _seen = [];
    readonly Dictionary<Tensor, int> _bucketOf = [];
    (Tensor Parameter, bool Learns)[] _known = [];
    Bucket[] _buckets = [];
    int[] _missing = [];
    double _weight;
    int _sent;
    bool _awaits, _again;

    public GradientSums(Optimizer optimizer, Line line) => (_optimizer, _line) = (optimizer, line);

    /// <summary>A backward pass is about to begin, after which gradients are summed.</summary>
    /// <param name="weight">How much they will count.</param>
    public void Expect(double weight)
    {
        Look();
        if (_line.Courier is null) return;
        _seen.Clear();
        for (int i = 0; i < _buckets.Length; i++) _missing[i] = _buckets[i].Tensors.Count;
        (_weight, _sent, _awaits, _again) = (weight, 0, true, false);
    }

    /// <summary>Takes up the gradients of a shard of which more will follow.</summary>
    public void Lay(double weight)
    {
        Look();
        foreach (var bucket in _buckets) Lay(bucket, weight);
    }

    /// <summary>Takes up the gradients of the last shard, and gives every parameter the mean over all.</summary>
    /// <param name="weight">How much they count.</param>
    /// <param name="counted">For how many samples of a whole batch this rank's shards stand.</param>
    public void Complete(double weight, double counted)
    {
        Look();
        _awaits = false;
        if (_again)                                                          // gradients that were sent were not complete
        {
            _line.Wait();
            foreach (var bucket in _buckets) bucket.Clear();
            _sent = 0;
        }
        for (; _sent < _buckets.Length; _sent++)
        {
            Lay(_buckets[_sent], weight);
            _line.Send(_buckets[_sent]);
        }
        double[] head = [counted, .. _known.Select(k => k.Parameter.Grad is null ? 0.0 : 1.0)];
        _line.Send(head);
        _line.Wait();
        _line.Watchdog.While("the gradients", () =>
        {
            foreach (var bucket in _buckets) bucket.Finish();
        });
        HashSet<Tensor> have = [.. _known.Where((_, i) => head[i + 1] > 0).Select(k => k.Parameter)];
        foreach (var bucket in _buckets) bucket.Give(p => have.Contains(p) ? p.Grad ??= Tensor.Zeros(p.Shape, p.DType, p.Device).Keep() : null, head[0]);
        (_sent, _again) = (0, false);
    }

    // In memory that is shared, who is slow may still read the sums before.
    void Lay(Bucket bucket, double weight) => _line.Watchdog.While("the gradients", () => bucket.Lay(static p => p.Grad, weight));

    public void Dispose()
    {
        foreach (var hook in _hooks) hook.Dispose();
        _hooks.Clear();
    }

    /// <summary>Looks for which parameters there are: callbacks may freeze and add some.</summary>
    void Look()
    {
        (Tensor Parameter, bool Learns)[] now = [.. _optimizer.Groups.SelectMany(g => g.Parameters).Reverse().Select(p => (p, p.RequiresGrad))];
        if (now.SequenceEqual(_known)) return;
        Dispose();
        _bucketOf.Clear();
        Tensor[] learning = [.. now.Where(n => n.Learns).Select(n => n.Parameter)];
        _line.Watchdog.Allow(TimeSpan.FromSeconds(learning.Sum(p => p.Numel) * 4 * _line.Ranks.Size / SlowMemory));
        _line.Watchdog.While("memory for the gradients", () => (_known, _buckets) = (now, [.. Bucket.For(learning, _line.Ranks.Size, _line.Memory, _line.IsNarrow)]));
        _missing = new int[_buckets.Length];
        foreach (var (i, bucket) in _buckets.Index())
            foreach (var parameter in bucket.Tensors)
            {
                _bucketOf[parameter] = i;
                if (_line.Courier is not null) _hooks.Add(parameter.RegisterPostAccumulateGradHook(Completed));
            }
    }

    /// <summary>A gradient is complete: buckets that are full are sent, in the same order on every rank.</summary>
    void Completed(Tensor parameter)
    {
        if (!_awaits) return;
        if (!_seen.Add(parameter))
        {
            _again = true;
            return;
        }
        _missing[_bucketOf[parameter]]--;
        for (; _sent < _buckets.Length && _missing[_sent] == 0; _sent++)
        {
            Lay(_buckets[_sent], _weight);
            _line.Send(_buckets[_sent]);
        }
    }
}
