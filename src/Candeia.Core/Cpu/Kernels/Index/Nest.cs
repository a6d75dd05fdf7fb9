namespace Candeia.Kernels;

/// <summary>
/// Loops within loops, the last the innermost, with the strides of three operands in elements. Loops that are one in memory for all operands are merged.
/// </summary>
internal sealed class Nest(int capacity)
{
    readonly Loop[] _loops = new Loop[capacity];

    /// <summary>How many loops there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public ref readonly Loop this[int index] => ref _loops[index];

    /// <summary>Adds a loop inside of those that are there.</summary>
    /// <param name="loop">How often, and how far apart.</param>
    /// <param name="merges">Whether it may become one with the loop around it.</param>
    public void Add(in Loop loop, bool merges = true)
    {
        if (loop.Size == 1) return;
        if (merges && Count > 0 && _loops[Count - 1] is var outer && outer.A == loop.A * loop.Size && outer.B == loop.B * loop.Size && outer.C == loop.C * loop.Size)
            _loops[Count - 1] = loop with { Size = outer.Size * loop.Size };
        else _loops[Count++] = loop;
    }

    /// <summary>Takes the innermost loop away: a single step, if there is none.</summary>
    public Loop TakeLast() => Count > 0 ? _loops[--Count] : new(1, 0, 0, 0);

    /// <summary>How many steps the loops from one to another take, the end excluded.</summary>
    public long Steps(int from, int to)
    {
        long steps = 1;
        for (int i = from; i < to; i++) steps *= _loops[i].Size;
        return steps;
    }

    /// <summary>A loop: how often, and the distance of neighbours in each operand.</summary>
    public readonly record struct Loop(long Size, long A, long B, long C);
}
