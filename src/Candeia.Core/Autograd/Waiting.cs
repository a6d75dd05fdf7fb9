namespace Candeia;

/// <summary>
/// The one tensor of a thread that waits for the thread's next op, which may be done in the same pass. Any other op first computes its own inputs,
/// then the waiting tensor, then itself.
/// </summary>
internal static class Waiting
{
    [ThreadStatic] static Tensor? s_last;

    /// <summary>Whether an op without gradient needs a node all the same: it may wait, or be absorbed by what waits.</summary>
    public static bool Concerns(Op op, ReadOnlySpan<Tensor> x) => Absorption.IsOn && (op.Defers || x.Length > 0 && x[0].IsPending && x[0] == s_last);

    /// <summary>Lets the output of a node wait, or computes it.</summary>
    /// <param name="node">The node.</param>
    /// <param name="chains">Whether its op may be part of a chain.</param>
    public static void Admit(Node node, bool chains)
    {
        var y = node.Output;
        if (!(Continues(node.Inputs) && node.TryFuse()))
        {
            foreach (var x in node.Inputs)
                if (x != s_last && !(chains ? Chain.Continues(x, y.Layout) : node.Op.TakesWaiting && x.Waits is not null)) _ = x.Storage;
            if (Reads(node.Inputs)) Read();
            else Settle();
            if (chains)
            {
                Chain.Join(node);
                return;
            }
            if (!node.Op.Defers || !Absorption.IsOn)
            {
                node.ComputeUnseen();
                return;
            }
        }
        s_last = y;
    }

    /// <summary>Whether one of these is what waits.</summary>
    static bool Reads(Tensor[] inputs)
    {
        if (s_last is { } waiting) foreach (var x in inputs) if (x == waiting) return true;
        return false;
    }

    /// <summary>Whether the first of these waits, and all others have been computed.</summary>
    static bool Continues(Tensor[] inputs)
    {
        if (s_last is not { IsPending: true } waiting || inputs[0] != waiting) return false;
        for (int i = 1; i < inputs.Length; i++) if (inputs[i].IsPending && inputs[i].Waits is null) return false;
        return true;
    }

    /// <summary>Computes what waits on this thread. A failure of that is for its reader, not for whoever comes by with something unrelated.</summary>
    public static void Settle()
    {
        if (s_last is not null) SettleLast();
    }

    static void SettleLast()
    {
        var waiting = s_last;
        try
        {
            Read();
        }
        catch (Exception e) when (e is not OutOfMemoryException && waiting is { IsPending: true })
        {
        }
    }

    /// <summary>Computes what waits, because it is read.</summary>
    static void Read()
    {
        if (s_last is not { } waiting) return;
        s_last = null;
        _ = waiting.Storage;
    }

    /// <summary>Forgets a tensor that somebody computes.</summary>
    public static void Leave(Tensor tensor)
    {
        if (s_last == tensor) s_last = null;
    }

    /// <summary>Forgets what was recorded in a scope that ends.</summary>
    public static void Drop(Scope scope)
    {
        if (s_last?.Source is { } node && node.BelongsTo(scope)) s_last = null;
    }
}
