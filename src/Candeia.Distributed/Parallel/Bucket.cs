using System.Numerics;
using System.Numerics.Tensors;

namespace Candeia.Distributed;

/// <summary>Some tensors, such as gradients, that travel together: few large messages are faster than many small ones.</summary>
internal abstract class Bucket(IReadOnlyList<Tensor> tensors)
{
    const long MostBytes = 4 << 20;

    /// <summary>What it is for: not what travels, but whose values or gradients do.</summary>
    public IReadOnlyList<Tensor> Tensors { get; } = tensors;

    /// <summary>Buckets for some tensors, in their order.</summary>
    /// <param name="tensors">What they are for.</param>
    /// <param name="ranks">How many ranks there are.</param>
    /// <param name="memory">Where they add up if they can; without, messages are sent.</param>
    /// <param name="isNarrow">Whether float32 is sent as bfloat16.</param>
    public static IEnumerable<Bucket> For(IEnumerable<Tensor> tensors, int ranks, CommonMemory? memory = null, bool isNarrow = false)
    {
        List<Tensor> next = [];
        foreach (var tensor in tensors)
        {
            if (next.Count > 0 && (IsWide(tensor) != IsWide(next[0]) || tensor.Device != next[0].Device || next.Append(tensor).Sum(t => t.Numel * sizeof(float)) > MostBytes))
            {
                yield return Make(next, ranks, memory, isNarrow);
                next = [];
            }
            next.Add(tensor);
        }
        if (next.Count > 0) yield return Make(next, ranks, memory, isNarrow);
    }

    static Bucket Make(List<Tensor> tensors, int ranks, CommonMemory? memory, bool isNarrow)
    {
        int[] starts = new int[tensors.Count + 1];
        for (int i = 0; i < tensors.Count; i++) starts[i + 1] = checked(starts[i] + (int)tensors[i].Numel);
        int length = checked((starts[^1] + ranks - 1) / ranks * ranks);
        var dtype = IsWide(tensors[0]) ? DType.Float64 : DType.Float32;
        if (memory?.For(tensors[0].Device, length, dtype) is { } sums) return new TensorBucket(tensors, starts, ranks, sums);
        return dtype == DType.Float64 ? new Bucket<double>(tensors, starts, length, ranks) : new Bucket<float>(tensors, starts, length, ranks, isNarrow ? new(length) : null);
    }

    static bool IsWide(Tensor tensor) => tensor.DType == DType.Float64;

    /// <summary>Takes up what a shard has, times a weight, behind what shards before it had.</summary>
    /// <param name="of">What travels for a tensor; null where the shard has nothing.</param>
    /// <param name="weight">How much it counts; 0 leaves out whatever it is.</param>
    public abstract void Lay(Func<Tensor, Tensor?> of, double weight);

    /// <summary>Adds up over all ranks.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="wait">Waits for messages.</param>
    public abstract void Sum(ICommunicator ranks, Action<IPending>? wait = null);

    /// <summary>Waits until the sums are there, where they need not be when <see cref="Sum"/> returns.</summary>
    public virtual void Finish()
    {
    }

    /// <summary>Hands out the sums by a number, and is empty again.</summary>
    /// <param name="to">Where those of a tensor go; null where nowhere.</param>
    /// <param name="count">What they are divided by.</param>
    public abstract void Give(Func<Tensor, Tensor?> to, double count);

    /// <summary>Forgets what was taken up.</summary>
    public abstract void Clear();
}

/// <summary>Tensors that travel in messages, as one type of number.</summary>
internal sealed class Bucket<T> : Bucket where T : unmanaged, IFloatingPoint<T>
{
    readonly int[] _starts;
    readonly int _length;
    readonly Stack<(int Level, T[] Values)> _laid = [];
    readonly Stack<T[]> _spare = [];
    readonly T[] _received;
    readonly NarrowSum? _narrow;

    public Bucket(IReadOnlyList<Tensor> tensors, int[] starts, int length, int ranks, NarrowSum? narrow = null) : base(tensors) =>
        (_starts, _length, _received, _narrow) = (starts, length, new T[ranks > 1 && narrow is null ? length : 0], narrow);

    public override void Lay(Func<Tensor, Tensor?> of, double weight)
    {
        T[] values = _spare.TryPop(out var spare) ? spare : new T[_length];
        for (int i = 0; i < Tensors.Count; i++)
        {
            var (start, count) = (_starts[i], _starts[i + 1] - _starts[i]);
            if (weight == 0 || of(Tensors[i]) is not { } source) values.AsSpan(start, count).Clear();
            else
                source.Detach().To(DTypes.Of<T>()).Read((ReadOnlySpan<T> numbers) =>
                {
                    TensorPrimitives.Multiply(numbers, T.CreateChecked(weight), values.AsSpan(start, count));
                    return true;
                });
        }
        int level = 0;
        for (; _laid.TryPeek(out var before) && before.Level == level; level++)              // a binary number counts shards: each carry adds two of the same size
        {
            TensorPrimitives.Add<T>(before.Values, values, before.Values);
            _spare.Push(values);
            values = _laid.Pop().Values;
        }
        _laid.Push((level, values));
    }

    public override void Sum(ICommunicator ranks, Action<IPending>? wait = null)
    {
        T[] values = _laid.Single().Values;
        if (_narrow is not null && values is float[] single) _narrow.Over(ranks, single, wait);
        else OrderedSum.Over(ranks, values, _received, wait);
    }

    public override void Give(Func<Tensor, Tensor?> to, double count)
    {
        T[] values = _laid.Single().Values;
        for (int i = 0; i < Tensors.Count; i++)
        {
            if (to(Tensors[i]) is not { } target) continue;
            var (start, numbers) = (_starts[i], _starts[i + 1] - _starts[i]);
            if (target.DType == DTypes.Of<T>() && target.Device == Device.Cpu && target.Layout.IsContiguous)
                target.Write((Span<T> numbersOf) => TensorPrimitives.Divide(values.AsSpan(start, numbers), T.CreateChecked(count), numbersOf));
            else
            {
                TensorPrimitives.Divide(values.AsSpan(start, numbers), T.CreateChecked(count), values.AsSpan(start, numbers));
                target.CopyFrom(Tensor.From<T>(values.AsSpan(start, numbers), target.Shape).To(target.DType).To(target.Device));
            }
        }
        Clear();
    }

    public override void Clear()
    {
        while (_laid.TryPop(out var laid)) _spare.Push(laid.Values);
    }
}
