using System.Runtime.CompilerServices;
using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// The steps of a chain over tensors that stretch to one dense layout, some thousand elements at a time. An input that does not lie as the results do is
/// gathered first. What is only stored is widened block by block, and each step rounds its results. The memory of the tensors is held until all is done.
/// </summary>
internal sealed unsafe class ChainRuns
{
    const int Block = 1 << 12;                                               // elements at a time
    const int Task = 1 << 15;                                                // elements worth a thread
    const int MostInputs = 4;

    readonly ChainStep[] _steps;
    readonly Load[] _loads;
    readonly int[] _slots;                                                   // of each load and step: where in the scratch it lies; −1 for memory itself
    int _count;                                                              // slots
    readonly HostStorage[] _held;                                            // nobody else might
    readonly nint[] _outputs;
    readonly bool[] _isRead;                                                 // whether a later step reads the result of a step
    readonly long _length;
    readonly nint _size;                                                     // bytes of a slot

    ChainRuns(ChainStep[] steps, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs, Layout layout)
    {
        _steps = steps;
        _length = layout.Shape.Numel;
        _held = new HostStorage[x.Length + outputs.Length];
        _loads = new Load[x.Length];
        _outputs = new nint[outputs.Length];
        _slots = new int[x.Length + steps.Length];
        _isRead = new bool[steps.Length];
        int widest = 1;
        for (int i = 0; i < x.Length; i++)
        {
            _held[i] = (HostStorage)x[i].Storage;
            _loads[i] = new(x[i], layout, _held[i].Address);
            _slots[i] = _loads[i].IsDirect ? -1 : _count++;
            widest = Math.Max(widest, x[i].DType.Wide().Size());
        }
        for (int i = 0; i < outputs.Length; i++)
        {
            _held[x.Length + i] = (HostStorage)outputs[i].Storage;
            _outputs[i] = _held[x.Length + i].Address + (nint)(outputs[i].Layout.Offset * outputs[i].DType.Size());
        }
        foreach (var step in steps) widest = Math.Max(widest, step.Type.Wide().Size());
        _size = Block * widest;
        Allot();
        _count++;                                                            // and one for what is on its way to be widened or has been rounded
    }

    /// <summary>Computes the outputs, on all threads where it pays.</summary>
    public static void Run(ChainStep[] steps, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs)
    {
        var runs = new ChainRuns(steps, x, outputs, outputs[0].Layout);
        Workers.Run(checked((int)((runs._length + Task - 1) / Task)), new Work(runs));
        GC.KeepAlive(runs);
    }

    readonly struct Work(ChainRuns runs) : IWork
    {
        public void Run(int item) => runs.Range((long)item * Task, Math.Min(runs._length, (item + 1L) * Task), null);
    }

    /// <summary>Adds up rows of the last step's result, which is stored only if it is one of the outputs.</summary>
    public static void Sum(ChainStep[] steps, ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs, Tensor last, Tensor sums, long rows, long n)
    {
        var runs = new ChainRuns(steps, x, outputs, last.Layout);
        using var p = Pins.Of(sums);
        if (last.DType == DType.Float32) Reduce.Sum<float, Source>(new(runs), p.At<float>(0), (nint)rows, (nint)n);
        else Reduce.Sum<double, Source>(new(runs), p.At<double>(0), (nint)rows, (nint)n);
        GC.KeepAlive(runs);
    }

    /// <summary>The result of the last step, some elements at a time.</summary>
    readonly struct Source(ChainRuns runs) : IRowSource
    {
        public byte* Take(nint from, nint count, byte* buffer)
        {
            var last = runs._steps[^1];
            bool stores = last.Output >= 0;
            runs.Range(from, from + count, stores ? null : buffer);
            return stores ? (byte*)runs._outputs[last.Output] + from * last.Type.Size() : buffer;
        }
    }

    /// <summary>Gives each step that is not stored a slot, which another has once nobody reads it any more.</summary>
    void Allot()
    {
        Stack<int> free = new();
        for (int s = 0; s < _steps.Length; s++)
        {
            int own = _loads.Length + s;
            _isRead[s] = IsReadAfter(own, s);
            _slots[own] = _steps[s].Output >= 0 && !IsStored(_steps[s].Type) ? -1 : free.TryPop(out int slot) ? slot : _count++;
            foreach (int place in _steps[s].Inputs.Distinct())
                if (place >= _loads.Length && _slots[place] >= 0 && !IsReadAfter(place, s)) free.Push(_slots[place]);
        }
    }

    static bool IsStored(DType type) => type.Wide() != type;

    bool IsReadAfter(int place, int step)
    {
        for (int s = step + 1; s < _steps.Length; s++) if (Array.IndexOf(_steps[s].Inputs, place) >= 0) return true;
        return false;
    }

    [SkipLocalsInit]
    void Range(long from, long to, byte* last)
    {
        using var scratch = Scratch.Rent(_count * _size);
        using var block = Runs.OfBlock();
        byte** at = stackalloc byte*[_slots.Length];
        byte** operands = stackalloc byte*[MostInputs + 1];
        byte* spare = scratch.Pointer + (_count - 1) * _size;
        for (int i = 0; i < _slots.Length; i++) at[i] = scratch.Pointer + _slots[i] * _size;
        for (int i = 0; i < _loads.Length; i++) if (_loads[i].Repeats) _loads[i].Take(0, Block, at[i], spare);
        for (long b = from; b < to; b += Block)
        {
            int n = (int)Math.Min(Block, to - b);
            for (int i = 0; i < _loads.Length; i++)
            {
                if (!_loads[i].Repeats) at[i] = _loads[i].Take(b, n, scratch.Pointer + _slots[i] * _size, spare);
            }
            for (int s = 0; s < _steps.Length; s++)
            {
                var step = _steps[s];
                int own = _loads.Length + s;
                bool isStored = IsStored(step.Type);
                byte* stored = step.Output >= 0 ? (byte*)_outputs[step.Output] + b * step.Type.Size() : isStored ? spare : null;
                if (stored != null && !isStored) at[own] = stored;
                else if (last != null && s == _steps.Length - 1) at[own] = last + (b - from) * step.Type.Size();
                operands[0] = at[own];
                for (int k = 0; k < step.Inputs.Length; k++) operands[k + 1] = at[step.Inputs[k]];
                block.Set(operands, n);
                ((IPointwise)step.Op).Compute(block, step.Type.Wide(), step.First.Wide());
                if (isStored) Narrow.Round(step.Type, at[own], stored, n);
                if (isStored && _isRead[s]) Narrow.Widen(step.Type, stored, at[own], n);
                if (step.Copy >= 0) Neighbours.Copy(isStored ? stored : at[own], (byte*)_outputs[step.Copy] + b * step.Type.Size(), (nint)n * step.Type.Size());
            }
        }
    }

    /// <summary>An input, stretched to the layout of the results, whose elements are counted in the order of the results' memory.</summary>
    readonly struct Load
    {
        readonly byte* _first;
        readonly DType _type;
        readonly int _element;
        readonly long[] _sizes, _strides;                                    // in bytes, from the slowest dimension to the fastest, merged where they are one

        public Load(Tensor x, Layout to, nint address)
        {
            var layout = x.Layout.Broadcast(to.Shape);
            _type = x.DType;
            _element = _type.Size();
            _first = (byte*)address + layout.Offset * _element;
            List<long> sizes = [], strides = [];
            var order = to.Order(stackalloc int[to.Shape.Rank]);
            for (int i = order.Length - 1; i >= 0; i--)
            {
                int d = order[i], size = to.Shape[d];
                long stride = layout.Strides[d] * _element;
                if (size == 1) continue;
                if (sizes.Count > 0 && strides[^1] == stride * size)
                {
                    sizes[^1] *= size;
                    strides[^1] = stride;
                    continue;
                }
                sizes.Add(size);
                strides.Add(stride);
            }
            (_sizes, _strides) = ([.. sizes], [.. strides]);
        }

        /// <summary>Whether it lies as the results do, in a type to compute with.</summary>
        public bool IsDirect => IsAlike && !IsStored(_type);

        bool IsAlike => _sizes.Length == 1 && _strides[0] == _element;

        /// <summary>Whether it is one number everywhere.</summary>
        bool IsNumber => _sizes.Length == 0 || _sizes.Length == 1 && _strides[0] == 0;

        /// <summary>Whether it is the same in every block: one number, or one row that fits in.</summary>
        public bool Repeats => IsNumber || _sizes.Length == 2 && _strides[0] == 0 && Block % _sizes[1] == 0;

        /// <summary>Some elements as neighbours in their wide type: in the memory where they lie so, or else where there is place for them.</summary>
        public byte* Take(long from, int n, byte* place, byte* spare)
        {
            byte* there = TryAt(from, n);
            if (!IsStored(_type)) return there != null ? there : Gather(from, n, place);
            Narrow.Widen(_type, there != null ? there : Gather(from, n, spare), place, n);
            return place;
        }

        /// <summary>Some elements where they lie as neighbours already; null where they do not.</summary>
        byte* TryAt(long from, int n)
        {
            if (IsAlike) return _first + from * _element;
            if (Repeats) return null;
            long inner = _sizes[^1];
            return _strides[^1] == _element && from % inner + n <= inner ? Start(from / inner) + from % inner * _element : null;
        }

        byte* Start(long run)
        {
            byte* p = _first;
            for (int d = _sizes.Length - 2; d >= 0 && run > 0; d--)
            {
                (run, long index) = Math.DivRem(run, _sizes[d]);
                p += index * _strides[d];
            }
            return p;
        }

        /// <summary>Some elements as neighbours.</summary>
        byte* Gather(long from, int n, byte* to)
        {
            if (IsNumber)
            {
                Candeia.Gather.Run(_first, 0, to, n, _element);
                return to;
            }
            long inner = _sizes[^1], stride = _strides[^1], run = from / inner, begin = from % inner;
            for (byte* p = to; n > 0; run++, begin = 0)
            {
                int count = (int)Math.Min(n, inner - begin);
                byte* at = Start(run) + begin * stride;
                if (stride == _element) Neighbours.Copy(at, p, (nint)count * _element);
                else Candeia.Gather.Run(at, stride, p, count, _element);
                n -= count;
                p += (long)count * _element;
            }
            return to;
        }
    }
}
