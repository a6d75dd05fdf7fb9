namespace Candeia.Distributed;

/// <summary>Tensors that travel in memory which the ranks, or their devices, have in common.</summary>
internal sealed class TensorBucket : Bucket
{
    const int Block = 1 << 16;                                               // what lies between two ops on a processor stays in its cache
    readonly ITensorSums _sums;
    readonly int[] _starts;
    readonly int _part, _block;
    readonly Stack<(int Level, Tensor Values)> _laid = [];
    readonly Stack<Tensor> _spare = [];
    bool _isSummed;

    /// <param name="tensors">What it is for.</param>
    /// <param name="starts">Where each begins in the row, and where the last ends.</param>
    /// <param name="ranks">How many ranks there are.</param>
    /// <param name="sums">Where they are added up.</param>
    public TensorBucket(IReadOnlyList<Tensor> tensors, int[] starts, int ranks, ITensorSums sums) : base(tensors)
    {
        (_sums, _starts, _part, _block) = (sums, starts, (int)sums.Own.Numel / ranks, sums.Own.Device == Device.Cpu ? Block : int.MaxValue);
        _spare.Push(sums.Own);                                               // what is laid first is what all are added to
    }

    public override void Lay(Func<Tensor, Tensor?> of, double weight)
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        if (_laid.Count == 0) _sums.Begin();
        var values = _spare.TryPop(out var spare) ? spare : Tensor.Zeros(_sums.Own.Shape, _sums.Own.DType, _sums.Own.Device).Keep();
        for (int i = 0; i < Tensors.Count; i++)
        {
            var place = values[_starts[i].._starts[i + 1]];
            if (weight == 0 || of(Tensors[i]) is not { } source) place.Fill(0);
            else Write(place, source.Detach().To(place.DType).To(place.Device).Reshape([-1]), row => row * weight);
        }
        int level = 0;
        for (; _laid.TryPeek(out var before) && before.Level == level; level++)              // a binary number counts shards: each carry adds two of the same size
        {
            new BlendOp(1, 1).Apply(before.Values, values);
            _spare.Push(values);
            values = _laid.Pop().Values;
        }
        _laid.Push((level, values));
    }

    public override void Sum(ICommunicator ranks, Action<IPending>? wait = null)
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        _sums.Sum();
        _isSummed = true;
    }

    public override void Finish() => _sums.Finish();

    public override void Give(Func<Tensor, Tensor?> to, double count)
    {
        using var noGrad = Autograd.NoGrad();
        for (int i = 0; i < Tensors.Count; i++)
        {
            if (to(Tensors[i]) is not { } target) continue;
            using var scope = Scope.Begin();
            var row = target.Layout.IsContiguous ? target.Detach().Reshape([-1]) : Tensor.Empty([(int)target.Numel], target.DType, target.Device);
            foreach (var (at, piece) in Pieces(_starts[i], _starts[i + 1]))
                Write(row[(at - _starts[i])..(at - _starts[i] + (int)piece.Numel)], piece, sums => (sums / count).To(target.DType).To(target.Device));
            if (!target.Layout.IsContiguous) target.CopyFrom(row.Reshape(target.Shape));
        }
        Clear();
    }

    public override void Clear()
    {
        while (_laid.TryPop(out var laid)) _spare.Push(laid.Values);
        if (_isSummed) _sums.End();
        _isSummed = false;
    }

    /// <summary>Writes what becomes of a row.</summary>
    void Write(Tensor target, Tensor source, Func<Tensor, Tensor> change)
    {
        int count = (int)target.Numel;
        for (int from = 0; from < count; from += Math.Min(_block, count - from))
        {
            using var scope = Scope.Begin();
            var block = from..(from + Math.Min(_block, count - from));
            target[block].CopyFrom(change(source[block]));
        }
    }

    /// <summary>The sums from one place to another, as they lie in the parts.</summary>
    IEnumerable<(int At, Tensor Piece)> Pieces(int from, int to)
    {
        for (int at = from, next; at < to; at = next)
        {
            int part = at / _part;
            next = Math.Min(to, (part + 1) * _part);
            yield return (at, _sums.Part(part)[(at - part * _part)..(next - part * _part)]);
        }
    }
}
