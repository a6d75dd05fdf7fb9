namespace Candeia.Gpu;

/// <summary>
/// Pointwise ops that were asked for one after the other and wait until anything else is asked of the device: they are one kernel then. What one step computes the next ones have at hand; it
/// is stored if somebody may still read it by then. Memory that is let go of meanwhile comes back when the kernel has been launched. The device's lock guards all of it.
/// </summary>
internal sealed class Chain(GpuDevice device)
{
    const int MostSteps = 16, MostLoads = 16;
    readonly Dictionary<ChainKey, ChainPlan> _plans = [];
    readonly Dictionary<Op, Formula?> _formulas = [];
    readonly ChainKey _key = new();
    readonly GpuStorage?[] _results = new GpuStorage?[MostSteps], _loads = new GpuStorage?[MostLoads];
    readonly Handle[] _stores = new Handle[MostSteps], _reads = new Handle[MostLoads];
    readonly List<(Handle Memory, long Bytes)> _leftBehind = [];
    readonly Arguments _numbers = new();

    /// <summary>How many ops are one kernel at most.</summary>
    public int Most { get; set; } = MostSteps;

    /// <summary>How many kernels did more than one op.</summary>
    public long Joined { get; private set; }

    /// <summary>Takes an op that can wait; false where it is no such op.</summary>
    public bool TryAdd(in OpCall call)
    {
        if (call.IsInPlace || call.Outputs != 1 || call.Inputs > MostLoads || FormulaOf(call.Op) is not { } formula) return false;
        var y = call.Output(0);
        if (y.Layout.Shape.Numel == 0 || Operands.AnyComplex(call) || !Pointwise.Takes(device, call, formula)) return false;
        if (!Fits(call, y)) Flush();
        var type = DType.Bool;
        for (int i = 0; i < call.Inputs; i++) if (Types.Wide(call.Input(i).DType) is var wide && wide > type) type = wide;
        for (int i = 0; i < call.Inputs; i++) Add(call.Input(i), type);
        int step = _key.Steps;
        _key.End(call.Op, formula, type, y);
        (_results[step], _stores[step]) = (Chained(y.Storage), Launch.MemoryOf(y.Storage));
        if (_key.Steps >= Most) Flush();
        return true;
    }

    /// <summary>The formula of an op that can wait. What needs functions of its own is computed at once.</summary>
    Formula? FormulaOf(Op op)
    {
        if (_formulas.TryGetValue(op, out var known)) return known;
        if (_formulas.Count == 4096) _formulas.Clear();
        return _formulas[op] = OpKernels.Has(op) || op.Formula is not { Functions: "" } formula ? null : formula;
    }

    /// <summary>Whether an op can be one more step: of the same shape, and reading results of others as they were computed, element by element.</summary>
    bool Fits(in OpCall call, in Operand y)
    {
        if (_key.Steps == 0) return true;
        if (y.Layout.Shape != _key.Shape || _key.Loads + call.Inputs > MostLoads) return false;
        for (int i = 0; i < call.Inputs; i++)
        {
            var x = call.Input(i);
            if (!x.IsNumber && StepOf(x.Storage) is var step and >= 0 && !_key.Result(step).Equals(x.Layout)) return false;
        }
        return true;
    }

    void Add(in Operand x, DType type)
    {
        if (x.IsNumber)
        {
            Launch.Put(_numbers, _numbers.Reserve(type.Size()), x, type);
            _key.AddNumber(x.DType);
        }
        else if (StepOf(x.Storage) is var step and >= 0) _key.AddResult(step);
        else if (_key.AddLoad(x, LoadsOf(x.Storage)) is var load and >= 0) (_loads[load], _reads[load]) = (Chained(x.Storage), Launch.MemoryOf(x.Storage));
    }

    static GpuStorage Chained(Storage storage)
    {
        var memory = (GpuStorage)storage;
        memory.IsChained = true;
        return memory;
    }

    int StepOf(Storage storage) => ((GpuStorage)storage).IsChained ? Array.IndexOf(_results, (GpuStorage)storage) : -1;

    // A bit for each operand in this memory.
    int LoadsOf(Storage storage)
    {
        int loads = 0;
        for (int i = 0; i < _key.Loads; i++) if (_loads[i] == storage) loads |= 1 << i;
        return loads;
    }

    /// <summary>Memory that is let go of: a result is not stored then; of what is read, true says that it stays here until the kernel has been launched.</summary>
    public bool Keeps(GpuStorage storage, Handle memory)
    {
        bool reads = false;
        for (int i = 0; i < _key.Steps; i++) if (_results[i] == storage) _results[i] = null;
        for (int i = 0; i < _key.Loads; i++)
        {
            if (_loads[i] != storage) continue;
            _loads[i] = null;
            reads = true;
        }
        if (reads) _leftBehind.Add((memory, storage.Bytes));
        return reads;
    }

    /// <summary>Launches what waits.</summary>
    public void Flush()
    {
        if (_key.Steps == 0) return;
        try
        {
            for (int i = 0; i < _key.Steps; i++) if (_results[i] is not null) _key.Store(i);
            if (!_key.StoresAny) return;
            if (!_plans.TryGetValue(_key, out var plan))
            {
                if (_plans.Count == 8192) _plans.Clear();
                _plans[_key.Copy()] = plan = ChainPlan.Of(device, _key, _stores, _reads, _numbers);
            }
            if (_key.Steps > 1) Joined++;
            plan.Run(device, _stores, _reads, _numbers);
        }
        catch (GpuException e)
        {
            throw new GpuException($"{_key.Names} on {device.Name}: {e.Message}", e);
        }
        finally
        {
            foreach (var storage in _results) if (storage is not null) storage.IsChained = false;
            foreach (var storage in _loads) if (storage is not null) storage.IsChained = false;
            Array.Clear(_results);
            Array.Clear(_loads);
            foreach (var (memory, bytes) in _leftBehind) device.Blocks.Return(memory, bytes);
            _leftBehind.Clear();
            _numbers.Clear();
            _key.Clear();
        }
    }
}
