namespace Candeia.Kernels;

/// <summary>
/// The sizes of a recurrent layer in one direction. Rows are ordered by steps: those of step t are <see cref="Starts"/>[t] … <see cref="Starts"/>[t + 1],
/// and never more than those of the step before; row i of a step belongs to sequence i.
/// </summary>
internal readonly unsafe struct RecurrentShape(RecurrentKind kind, bool reverse, nint* starts, nint steps, nint batch, nint hidden, nint outputs)
{
    public readonly RecurrentKind Kind = kind;
    public readonly bool Reverse = reverse;
    public readonly nint* Starts = starts;

    /// <summary>Steps, sequences, numbers in a state, and numbers in an output: fewer where it is projected.</summary>
    public readonly nint Steps = steps, Batch = batch, Hidden = hidden, Outputs = outputs;

    public bool Projects => Outputs != Hidden;

    public nint Rows => Starts[Steps];

    /// <summary>Numbers in all gates of a row.</summary>
    public nint Gates => Hidden * GateCount;

    public nint GateCount => GatesOf(Kind);

    /// <summary>Numbers in those gates of a row to which the state's part is added as it is: all, but for gate n of a GRU.</summary>
    public nint Together => Kind == RecurrentKind.Gru ? 2 * Hidden : Gates;

    public static int GatesOf(RecurrentKind kind) => kind switch { RecurrentKind.Lstm => 4, RecurrentKind.Gru => 3, _ => 1 };

    /// <summary>How many sequences go on in a step.</summary>
    public nint Size(nint step) => Starts[step + 1] - Starts[step];

    /// <summary>The step that is the n-th to be computed.</summary>
    public nint Step(nint n) => Reverse ? Steps - 1 - n : n;

    /// <summary>The row of a sequence in the step before, in the layer's direction, or −1 where it begins here.</summary>
    public nint RowBefore(nint step, nint sequence)
    {
        nint before = Reverse ? step + 1 : step - 1;
        return before < 0 || before >= Steps || sequence >= Size(before) ? -1 : Starts[before] + sequence;
    }

    /// <summary>The row that is computed last of a sequence, or −1 where it has no step.</summary>
    public nint LastRow(nint sequence)
    {
        nint step = Reverse ? 0 : Steps - 1;
        while (!Reverse && step >= 0 && sequence >= Size(step)) step--;
        return step < 0 || step >= Steps || sequence >= Size(step) ? -1 : Starts[step] + sequence;
    }

    /// <summary>How many sequences of some go on from the step before, and do not begin here.</summary>
    public nint Going(nint step, nint from, nint rows)
    {
        nint before = Reverse ? step + 1 : step - 1;
        return before < 0 || before >= Steps ? 0 : Math.Clamp(Size(before) - from, 0, rows);
    }
}
