namespace Candeia;

/// <summary>How a tensor came about: the op and its inputs. It hangs from its output, so the graph lives as long as its results.</summary>
public sealed class Node
{
    static long s_created;
    readonly Scope? _scope = Scope.Current;
    readonly int[] _versions;
    int _outputVersion;

    internal Node(Op op, Tensor[] inputs, Tensor output)
    {
        Op = op;
        Inputs = inputs;
        Output = output;
        _versions = new int[inputs.Length];
        for (int i = 0; i < inputs.Length; i++) _versions[i] = inputs[i].Version;
        output.Node = this;
    }

    /// <summary>A shortcut from the inputs of a chain's first op, and those of the last beside the chain, to the last's output.</summary>
    Node(Op op, Node first, Node last)
    {
        Op = op;
        Output = last.Output;
        (Inputs, _versions) = last.Inputs.Length == 1 ? (first.Inputs, first._versions) : ([.. first.Inputs, .. last.Inputs[1..]], [.. first._versions, .. last._versions[1..]]);
        Skips = [.. first.Skips, last.Inputs[0]];
    }

    /// <summary>What was applied.</summary>
    public Op Op { get; }

    /// <summary>To what it was applied.</summary>
    public Tensor[] Inputs { get; private set; }

    /// <summary>What came of it.</summary>
    public Tensor Output { get; }

    /// <summary>What the op saved for its backward pass.</summary>
    public Tensor? Saved { get; private set; }

    /// <summary>A shortcut with the same output that does this op and those before it in one pass.</summary>
    internal Node? Fused { get; private set; }

    /// <summary>The tensors that this node, being a shortcut, leaves uncomputed.</summary>
    internal Tensor[] Skips { get; } = [];

    /// <summary>The line that applied the op, if anomalies were looked for.</summary>
    internal string? Line { get; } = Anomaly.IsOn ? Anomaly.Line() : null;

    /// <summary>Counts up with every node: inputs are always older than outputs.</summary>
    internal long Age { get; } = Interlocked.Increment(ref s_created);

    internal bool BelongsTo(Scope scope) => _scope == scope;

    /// <summary>Whether the backward pass has gone through and let go of everything.</summary>
    internal bool IsReleased { get; private set; }

    /// <summary>Whether a gradient is wanted for this input.</summary>
    public bool Needs(int input) => Inputs[input].RequiresGrad;

    bool IsStale
    {
        get
        {
            for (int i = 0; i < Inputs.Length; i++) if (Inputs[i].Version != _versions[i]) return true;
            return false;
        }
    }

    /// <summary>Takes a shortcut from the inputs of the waiting chain to this output, if the op before absorbs this one.</summary>
    internal bool TryFuse()
    {
        if (Inputs[0].Node is not { } last) return false;
        var first = last.Fused ?? last;
        if (first.Op.Absorb(Op) is not { } both || both.IsForInference && Output.RequiresGrad) return false;
        Fused = new(both, first, this);
        return true;
    }

    /// <summary>Computes the output, once, on whichever thread asks first.</summary>
    internal void Compute()
    {
        lock (this)
        {
            if (!Output.IsPending) return;
            Waiting.Leave(Output);
            if (Output.PassedBy) Absorption.Repeat(this);
            if (_scope is { Ended: true })
                throw new ObjectDisposedException(nameof(Tensor), $"The {Output.Shape} from {Op.Name} was never computed, and its scope has ended; Keep() it inside the scope.");
            using var noGrad = Autograd.NoGrad();
            using var scope = Scope.Enter(_scope);
            if (Fused is not { } fused || Array.Exists(fused.Skips, t => !t.IsPending) || !fused.TryRun())
            {
                Fused = null;
                TryRun();
            }
            _outputVersion = Output.Version;
            if (!Output.RequiresGrad) Output.Node = null;
        }
    }

    bool TryRun()
    {
        if (IsStale)
            throw new InvalidOperationException($"The {Output.Shape} from {Op.Name} was never computed, and an input has been written since; call Settle() on it before that.");
        foreach (var x in Inputs) _ = x.Storage;
        var device = Output.Device;
        var y = device.Empty(Output.Layout, Output.DType);
        var saved = Output.RequiresGrad && Op.Saves(Inputs) is var (shape, dtype) ? device.Empty(Layout.Of(shape), dtype) : null;
        if (Skips.Length == 0 || device == Device.Cpu) device.Run(Op, Inputs, y, saved);
        else if (!device.TryRun(Op, Inputs, y, saved)) return false;
        Saved = saved;
        Output.Settle(y.Storage);
        foreach (var skipped in Skips) skipped.PassedBy = true;
        if (Anomaly.IsOn) Anomaly.CheckForward(Op, Inputs, Output);
        return true;
    }

    /// <summary>The gradients of the inputs; refuses where a value that it reads has been written since.</summary>
    internal Tensor?[] Backward(Tensor grad)
    {
        if (Op.Keeps.HasFlag(Keeps.Inputs) && IsStale || Op.Keeps.HasFlag(Keeps.Output) && Output.Version != _outputVersion)
            throw new InvalidOperationException($"The gradient of {Op.Name} {Output.Shape} needs values that have been written in place since they were used. Clone() before writing.");
        return Op.Backward(this, grad);
    }

    /// <summary>Lets go of inputs and saved values.</summary>
    internal void Release()
    {
        IsReleased = true;
        Inputs = [];
        Saved?.Storage.Release();
        Saved = null;
        Fused?.Release();
        Fused = null;
    }
}
