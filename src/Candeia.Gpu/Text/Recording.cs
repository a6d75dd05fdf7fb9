namespace Candeia.Gpu;

/// <summary>The launches of a call, and where in their arguments stands what is another the next time: memory, plain numbers, and the numbers of the op that <see cref="Varying"/> knows.</summary>
internal sealed class Recording
{
    enum Source : byte { Memory, Number, OpNumber, OpStart }

    readonly record struct Slot(int At, int Index, Source Source, DType DType);

    sealed record Step(Handle Kernel, long Groups, int Threads, Arguments Arguments, Slot[] Slots);

    readonly List<Slot> _slots = [];
    readonly List<Storage> _storages = [];
    readonly Op _op;
    readonly Storage _flag;
    Step[] _steps = [];
    long[] _scratch = [];
    bool _watches;

    /// <summary>Begins with the operands of a call.</summary>
    public Recording(Op op, ReadOnlySpan<Storage> operands, Storage flag)
    {
        (_op, _flag) = (op, flag);
        foreach (var storage in operands) _storages.Add(storage);
    }

    /// <summary>Whether the launches can be made again: not where something is copied besides.</summary>
    public bool IsWhole { get; set; } = true;

    /// <summary>Memory for the op alone.</summary>
    public void Scratch(Storage storage)
    {
        _storages.Add(storage);
        _scratch = [.. _scratch, storage.Bytes];
    }

    /// <summary>That a kernel tells what is wrong.</summary>
    public void Watch() => _watches = true;

    /// <summary>An argument that is memory.</summary>
    public void Memory(int at, Storage storage)
    {
        if (storage == _flag) return;                                        // the same in every call
        int operand = _storages.IndexOf(storage);
        if (operand < 0) IsWhole = false;
        _slots.Add(new(at, operand, Source.Memory, default));
    }

    /// <summary>An argument that is a plain number of a type.</summary>
    public void Number(int at, Storage storage, DType dtype) => _slots.Add(new(at, _storages.IndexOf(storage), Source.Number, dtype));

    /// <summary>An argument that is a number of the op.</summary>
    public void OpNumber(int at, int index, DType dtype)
    {
        if (Varying.HasNumbers(_op)) _slots.Add(new(at, index, Source.OpNumber, dtype));
    }

    /// <summary>An argument that is a part of where the op's random numbers begin.</summary>
    public void OpStart(int at, int part) => _slots.Add(new(at, part, Source.OpStart, default));

    /// <summary>A launch with what has been told of its arguments.</summary>
    public void Launch(Handle kernel, long groups, int threads, Arguments arguments)
    {
        _steps = [.. _steps, new(kernel, groups, threads, arguments.Copy(), [.. _slots])];
        _slots.Clear();
    }

    /// <summary>Whether every plain number of a call is an argument: what is computed from one here would be another the next time.</summary>
    public bool Has(in OpCall call)
    {
        for (int i = 0; i < call.Inputs; i++)
        {
            if (!call.Input(i).IsNumber) continue;
            int operand = _storages.IndexOf(call.Input(i).Storage);
            if (!Array.Exists(_steps, step => Array.Exists(step.Slots, slot => slot.Index == operand && slot.Source == Source.Number))) return false;
        }
        return true;
    }

    /// <summary>Lets go of the operands, when the call is over.</summary>
    public void Close() => _storages.Clear();

    /// <summary>Makes the launches for another call like it.</summary>
    public void Replay(GpuDevice device, in OpCall call, ReadOnlySpan<Storage> operands)
    {
        Span<Handle> scratch = stackalloc Handle[_scratch.Length];
        for (int i = 0; i < scratch.Length; i++) scratch[i] = device.Scratch(_scratch[i]);
        Span<double> numbers = stackalloc double[Varying.Most];
        bool isAsked = false;
        if (_watches) device.IsWatching = true;
        foreach (var step in _steps)
        {
            var arguments = step.Arguments;
            foreach (ref readonly var slot in step.Slots.AsSpan())
                switch (slot.Source)
                {
                    case Source.Memory:
                        arguments.Put(slot.At, slot.Index < operands.Length ? Candeia.Gpu.Launch.MemoryOf(operands[slot.Index]) : scratch[slot.Index - operands.Length]);
                        break;
                    case Source.Number:
                        Candeia.Gpu.Launch.Put(arguments, slot.At, slot.Index < call.Inputs ? call.Input(slot.Index) : call.Output(slot.Index - call.Inputs), slot.DType);
                        break;
                    case Source.OpNumber:
                        if (!isAsked) Varying.Numbers(call.Op, numbers);
                        isAsked = true;
                        Candeia.Gpu.Launch.Put(arguments, slot.At, numbers[slot.Index], slot.DType);
                        break;
                    default:
                        arguments.Put(slot.At, Varying.Start(call.Op, slot.Index));
                        break;
                }
            device.Run(step.Kernel, step.Groups, step.Threads, arguments);
        }
    }
}
