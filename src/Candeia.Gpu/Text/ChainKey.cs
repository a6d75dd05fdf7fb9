namespace Candeia.Gpu;

/// <summary>A chain of ops without its memory: what each step computes of what, and which results are stored. Chains that are alike in this are one kernel, with the same arguments but for memory and plain numbers.</summary>
internal sealed class ChainKey : IEquatable<ChainKey>
{
    /// <summary>Where an operand of a step comes from: the result of a step, memory, or a plain number by value.</summary>
    public enum From : byte { Result, Load, Number }

    /// <summary>An operand: which step or which load it is, and its type.</summary>
    public readonly record struct Source(From From, int Index, DType DType);

    /// <summary>A step: the op with its formula, where its operands end, in which type it computes, and how the result lies.</summary>
    public readonly record struct Step(Op Op, Formula Formula, int End, DType Type, Layout Layout, DType DType)
    {
        /// <summary>The formula follows from the op.</summary>
        public bool Equals(Step other) => End == other.End && Type == other.Type && DType == other.DType && Layout.Equals(other.Layout) && Op.Equals(other.Op);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Op, Layout, Type, DType);
    }

    Step[] _steps = new Step[16];
    (Layout Layout, DType DType)[] _loads = new (Layout, DType)[16];
    Source[] _sources = new Source[64];
    int _sourceCount, _hash, _stored;

    /// <summary>How many steps there are.</summary>
    public int Steps { get; private set; }

    /// <summary>How many operands are read from memory.</summary>
    public int Loads { get; private set; }

    /// <summary>The shape of all results.</summary>
    public Shape Shape => _steps[0].Layout.Shape;

    /// <summary>Whether any result is stored.</summary>
    public bool StoresAny => _stored != 0;

    /// <summary>The names of the ops.</summary>
    public string Names => string.Join(", ", Enumerable.Range(0, Steps).Select(i => GpuDevice.NameOf(_steps[i].Op)));

    /// <summary>A step.</summary>
    public ref readonly Step this[int step] => ref _steps[step];

    /// <summary>How the result of a step lies.</summary>
    public Layout Result(int step) => _steps[step].Layout;

    /// <summary>The operands of a step.</summary>
    public ReadOnlySpan<Source> Sources(int step) => _sources.AsSpan((step == 0 ? 0 : _steps[step - 1].End)..Math.Min(_steps[step].End, _sourceCount));

    /// <summary>How an operand in memory lies, and its type.</summary>
    public (Layout Layout, DType DType) Load(int load) => _loads[load];

    /// <summary>Whether the result of a step is stored.</summary>
    public bool IsStored(int step) => (_stored >> step & 1) != 0;

    /// <summary>That the result of a step is stored.</summary>
    public void Store(int step) => _stored |= 1 << step;

    /// <summary>An operand of the step that begins: the result of an earlier one.</summary>
    public void AddResult(int step) => Add(new(From.Result, step, _steps[step].DType));

    /// <summary>A plain number.</summary>
    public void AddNumber(DType dtype) => Add(new(From.Number, 0, dtype));

    /// <summary>Memory; <paramref name="same"/> has a bit for each load from the same memory. The number of the load if it is a new one, else −1.</summary>
    public int AddLoad(in Operand x, int same)
    {
        for (int i = 0; i < Loads; i++)
        {
            if ((same >> i & 1) == 0 || _loads[i].DType != x.DType || !_loads[i].Layout.Equals(x.Layout)) continue;
            Add(new(From.Load, i, x.DType));
            return -1;
        }
        _loads[Loads] = (x.Layout, x.DType);
        Add(new(From.Load, Loads, x.DType));
        _hash = HashCode.Combine(_hash, x.Layout);
        return Loads++;
    }

    void Add(Source source)
    {
        if (_sourceCount == _sources.Length) Array.Resize(ref _sources, 2 * _sourceCount);
        _sources[_sourceCount++] = source;
        _hash = HashCode.Combine(_hash, source.From, source.Index, source.DType);
    }

    /// <summary>Ends a step, whose operands have been added.</summary>
    public void End(Op op, Formula formula, DType type, in Operand y)
    {
        _steps[Steps] = new(op, formula, _sourceCount, type, y.Layout, y.DType);
        _hash = HashCode.Combine(_hash, _steps[Steps]);
        Steps++;
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        Array.Clear(_steps, 0, Steps);
        (Steps, Loads, _sourceCount, _hash, _stored) = (0, 0, 0, 0, 0);
    }

    /// <summary>The same key to be kept.</summary>
    public ChainKey Copy() => new()
    {
        _steps = _steps[..Steps], _loads = _loads[..Loads], _sources = _sources[.._sourceCount], _sourceCount = _sourceCount, _hash = _hash, _stored = _stored, Steps = Steps, Loads = Loads,
    };

    /// <inheritdoc/>
    public bool Equals(ChainKey? other) => other is not null && _hash == other._hash && _stored == other._stored && Steps == other.Steps && Loads == other.Loads
        && _sources.AsSpan(0, _sourceCount).SequenceEqual(other._sources.AsSpan(0, other._sourceCount)) && _steps.AsSpan(0, Steps).SequenceEqual(other._steps.AsSpan(0, Steps))
        && _loads.AsSpan(0, Loads).SequenceEqual(other._loads.AsSpan(0, Loads));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ChainKey);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_hash, _stored);
}
