namespace Candeia.Gpu;

/// <summary>The launches of a call, and where in their arguments memory and plain numbers stand.</summary>
internal sealed class Recording
{
    readonly record struct Slot(int At, int Operand, DType? Number);

    sealed record Step(Handle Kernel, long Groups, int Threads, Arguments Arguments, Slot[] Slots);

    readonly List<Step> _steps = [];
    readonly List<Slot> _slots = [];
    readonly List<(Layout Layout, DType DType)> _scratch = [];
    readonly List<Storage> _storages = [];

    /// <summary>Whether the launches can be made again: not where something is told or copied besides.</summary>
    public bool IsWhole { get; set; } = true;

    /// <summary>Begins with the operands of a call.</summary>
    public Recording Of(ReadOnlySpan<Storage> operands)
    {
        foreach (var storage in operands) _storages.Add(storage);
        return this;
    }

    /// <summary>Memory for the op alone.</summary>
    public void Scratch(Storage storage, Layout layout, DType dtype)
    {
        _storages.Add(storage);
        _scratch.Add((layout, dtype));
    }

    /// <summary>An argument that is memory, or a plain number of a type.</summary>
    public void Operand(int at, Storage storage, DType? number)
    {
        int operand = _storages.IndexOf(storage);
        if (operand < 0) IsWhole = false;
        _slots.Add(new(at, operand, number));
    }

    /// <summary>A launch with what has been told of its arguments.</summary>
    public void Launch(Handle kernel, long groups, int threads, Arguments arguments)
    {
        _steps.Add(new(kernel, groups, threads, arguments.Copy(), [.. _slots]));
        _slots.Clear();
    }

    /// <summary>Whether every plain number of a call is an argument: what is computed from one here would be another the next time.</summary>
    public bool Has(in OpCall call)
    {
        for (int i = 0; i < call.Inputs; i++)
        {
            if (!call.Input(i).IsNumber) continue;
            int operand = _storages.IndexOf(call.Input(i).Storage);
            if (!_steps.Exists(step => Array.Exists(step.Slots, slot => slot.Operand == operand && slot.Number is not null))) return false;
        }
        return true;
    }

    /// <summary>Lets go of the operands, when the call is over.</summary>
    public void Close() => _storages.Clear();

    /// <summary>Makes the launches for another call like it.</summary>
    public void Replay(GpuDevice device, in OpCall call, ReadOnlySpan<Storage> operands)
    {
        Span<Handle> scratch = stackalloc Handle[_scratch.Count];
        for (int i = 0; i < scratch.Length; i++) scratch[i] = Candeia.Gpu.Launch.MemoryOf(device.Scratch(_scratch[i].Layout, _scratch[i].DType).Storage);
        foreach (var step in _steps)
        {
            foreach (var (at, operand, number) in step.Slots)
            {
                if (number is { } dtype) Candeia.Gpu.Launch.Put(step.Arguments, at, operand < call.Inputs ? call.Input(operand) : call.Output(operand - call.Inputs), dtype);
                else step.Arguments.Put(at, operand < operands.Length ? Candeia.Gpu.Launch.MemoryOf(operands[operand]) : scratch[operand - operands.Length]);
            }
            device.Run(step.Kernel, step.Groups, step.Threads, step.Arguments);
        }
    }
}
