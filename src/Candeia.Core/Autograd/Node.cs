namespace Candeia;

/// <summary>How tensors came about: the op and its inputs. It hangs from its outputs, so the graph lives as long as its results.</summary>
public sealed partial class Node
{
    const int Small = 8;                                                     // times smaller memory is copied for a result that waits
    static long s_created;
    Scope? _scope = Scope.Current;
    object? _ahead;                                                          // a shortcut, or what is known of a result that waits to be part of a chain
    readonly Tensor _output;
    readonly Tensor[]? _outputs;                                             // where there are several
    Use[] _uses;
    Notes? _notes = Anomaly.IsOn ? new(Anomaly.Line()) : null;
    int _written;

    /// <summary>Records an op. The edges of the inputs are those of this moment, also where an output is one of the inputs, written in place.</summary>
    internal Node(Op op, Tensor[] inputs, ReadOnlySpan<Tensor> outputs)
    {
        Op = op;
        Inputs = inputs;
        _output = outputs[0];
        if (outputs.Length > 1) _outputs = outputs.ToArray();
        _uses = new Use[inputs.Length];
        for (int i = 0; i < inputs.Length; i++) _uses[i] = new(Edge.Of(inputs[i]), inputs[i].Version);
        for (int i = 0; i < outputs.Length; i++) outputs[i].ComesFrom(this, i);
    }

    /// <summary>A shortcut from the inputs of a chain's first op, and those of the last beside the chain, to the last's output.</summary>
    Node(Op op, Node first, Node last)
    {
        Op = op;
        _output = last.Output;
        (Inputs, _uses) = last.Inputs.Length == 1 ? (first.Inputs, first._uses) : ([.. first.Inputs, .. last.Inputs[1..]], [.. first._uses, .. last._uses[1..]]);
        Skips = [.. first.Skips, last.Inputs[0]];
    }

    /// <summary>What was applied.</summary>
    public Op Op { get; }

    /// <summary>To what it was applied.</summary>
    public Tensor[] Inputs { get; private set; }

    /// <summary>Where it is applied.</summary>
    internal Device Device => Op.Meet(Inputs);

    /// <summary>What came of it: the first result, of most ops the only one.</summary>
    public Tensor Output => _output;

    /// <summary>All results.</summary>
    public ReadOnlySpan<Tensor> Outputs => _outputs ?? new ReadOnlySpan<Tensor>(in _output);

    /// <summary>The outputs that nobody sees, kept for the backward pass; none until the op has been computed.</summary>
    public Tensor[] Saved { get; private set; } = [];

    /// <summary>What is to be done with the gradient of an output.</summary>
    internal Hooks? HooksOf(int output) => _notes?.Hooks.GetValueOrDefault(output);

    /// <summary>The same, for one to be added.</summary>
    internal Hooks HooksFor(int output)
    {
        var all = (_notes ??= new(null)).Hooks;
        if (!all.TryGetValue(output, out var hooks)) all[output] = hooks = new();
        return hooks;
    }

    /// <summary>The age of the newest node.</summary>
    internal static long Newest => Interlocked.Read(ref s_created);

    /// <summary>A shortcut with the same output that does this op and those before it in one pass.</summary>
    internal Node? Fused
    {
        get => _ahead as Node;
        private set => _ahead = value;
    }

    /// <summary>What is known of the result while it waits to be part of a chain.</summary>
    internal Lazy? Lazy => _ahead as Lazy;

    /// <summary>The tensors that this node, being a shortcut, leaves uncomputed.</summary>
    internal Tensor[] Skips { get; } = [];

    /// <summary>The line that applied the op, if anomalies were looked for.</summary>
    internal string? Line => _notes?.Line;

    /// <summary>Counts up with every node: inputs are always older than outputs.</summary>
    internal long Age { get; } = Interlocked.Increment(ref s_created);

    internal bool BelongsTo(Scope? scope) => _scope == scope;

    /// <summary>Whether the scope has ended in which the op was applied: nobody may ask for its result any more.</summary>
    internal bool HasEnded => _scope is { Ended: true };

    /// <summary>Whether the backward pass has gone through and let go of everything.</summary>
    internal bool IsReleased { get; private set; }

    /// <summary>Whether a gradient is wanted for this input.</summary>
    public bool Needs(int input) => _uses[input].Edge.IsWanted;

    /// <summary>Where the gradient of this input flows.</summary>
    internal Edge EdgeOf(int input) => _uses[input].Edge;

    bool IsStale
    {
        get
        {
            for (int i = 0; i < Inputs.Length; i++) if (IsWritten(i)) return true;
            return false;
        }
    }

    /// <summary>Whether the backward pass would read a value that has been written since it was used.</summary>
    bool LacksValues
    {
        get
        {
            if ((Op.Keeps & Keeps.Output) != 0 && Written != _written) return true;
            if ((Op.Keeps & Keeps.Inputs) != 0) for (int i = 0; i < Inputs.Length; i++) if (IsWritten(i) && Op.KeepsInput(this, i)) return true;
            return false;
        }
    }

    /// <summary>How often the outputs have been written.</summary>
    int Written
    {
        get
        {
            int written = 0;
            foreach (var output in Outputs) written += output.Version;
            return written;
        }
    }

    bool IsWritten(int input) => Inputs[input].Version != _uses[input].Version;

    bool WantsGradient
    {
        get
        {
            foreach (var output in Outputs) if (output.RequiresGrad) return true;
            return false;
        }
    }

    /// <summary>Takes a shortcut from the inputs of the waiting chain to this output, if the op before absorbs this one.</summary>
    internal bool TryFuse()
    {
        if (_outputs is not null || Inputs[0].Source is not { } last) return false;
        var first = last.Fused ?? last;
        if (first.Op.Absorb(Op, Inputs) is not { } both || Output.RequiresGrad && !both.IsDifferentiable) return false;
        Fused = new(both, first, this);
        return true;
    }

    /// <summary>Copies those values that the backward pass reads out of memory that is about to be written: <c>y[..] *= x</c> needs the old y for the gradient of x.</summary>
    internal void Preserve(Storage written)
    {
        if ((Op.Keeps & Keeps.Inputs) == 0) return;
        using var noGrad = Autograd.NoGrad();
        for (int i = 0; i < Inputs.Length; i++)
        {
            if (Inputs[i].IsPending || Inputs[i].Storage != written || !Op.KeepsInput(this, i)) continue;
            Keep(i);
        }
    }

    /// <summary>Computes the outputs, once, on whichever thread asks first.</summary>
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
            if (Lazy is not null)
            {
                Chain.Compute(this);
                return;
            }
            if (Fused is not { } fused || Array.Exists(fused.Skips, t => !t.IsPending) || !fused.TryRun())
            {
                Fused = null;
                TryRun();
            }
            Close();
        }
    }

    /// <summary>Computes outputs that nobody but the caller has seen yet, so that none can be read before its time.</summary>
    internal void ComputeUnseen()
    {
        using var noGrad = Autograd.NoGrad();
        foreach (var x in Inputs) if (!(Op.TakesWaiting && x.Waits is not null)) _ = x.Storage;
        var device = Device;
        foreach (var output in Outputs) output.Settle(device.Reserve(output.Layout, output.DType));
        Run(device, Outputs);
        Close();
    }

    void Close()
    {
        _written = Written;
        if (!WantsGradient) foreach (var output in Outputs) output.Node = null;
    }

    bool TryRun()
    {
        CheckFresh();
        foreach (var x in Inputs) _ = x.Storage;
        var device = Device;
        Tensor only = null!;
        var y = _outputs is null ? new Span<Tensor>(ref only) : new Tensor[_outputs.Length];
        for (int i = 0; i < y.Length; i++) y[i] = device.Empty(Outputs[i].Layout, Outputs[i].DType);
        if (!Run(device, y)) return false;
        for (int i = 0; i < y.Length; i++) Outputs[i].Settle(y[i].Storage);
        foreach (var skipped in Skips) skipped.PassedBy = true;
        return true;
    }

    /// <summary>Runs the op on the memory of these outputs; false if this is a shortcut that the device does not know.</summary>
    bool Run(Device device, ReadOnlySpan<Tensor> y)
    {
        var saved = WantsGradient ? Save(device) : [];
        var call = new OpCall(Op, Inputs, saved.Length == 0 ? y : [.. y, .. saved]);
        if (Skips.Length == 0 || device == Device.Cpu) device.Run(call);
        else if (!device.Runs(call)) return false;
        Saved = saved;
        if (Anomaly.IsOn) Anomaly.CheckForward(Op, Inputs, y);
        return true;
    }

    /// <summary>Memory for what the op saves.</summary>
    Tensor[] Save(Device device)
    {
        var specs = Op.Saves(Inputs);
        if (specs.Length == 0) return [];
        var saved = new Tensor[specs.Length];
        for (int i = 0; i < saved.Length; i++) saved[i] = device.Empty(specs[i].Layout, specs[i].DType);
        return saved;
    }

    /// <summary>Where a shortcut was computed instead of this op, what this one saves is missing: it is computed once more for that alone.</summary>
    bool Restores()
    {
        if (Saved.Length > 0 || Skips.Length > 0) return false;
        var device = Device;
        var saved = Save(device);
        if (saved.Length == 0) return false;
        Absorption.Repeat(this);
        using var noGrad = Autograd.NoGrad();
        var again = new Tensor[Outputs.Length];
        for (int i = 0; i < again.Length; i++) again[i] = device.Empty(Outputs[i].Layout, Outputs[i].DType);
        foreach (var x in Inputs) _ = x.Storage;
        device.Run(new(Op, Inputs, [.. again, .. saved]));
        Saved = saved;
        return true;
    }

    /// <summary>The gradients of the inputs; refuses where a value that it reads has been written since.</summary>
    internal Tensor?[] Backward(ReadOnlySpan<Tensor?> grads)
    {
        CheckValues();
        if (!Restores()) return Op.Backward(this, grads);
        var gradients = Op.Backward(this, grads);
        Saved = [];                                                          // they lie in the scope of the pass
        return gradients;
    }

    /// <summary>The results once more, with a graph of their own.</summary>
    internal Tensor[] Replay()
    {
        CheckValues();
        return Op.Replay(this);
    }

    void CheckValues()
    {
        if (LacksValues)
            throw new InvalidOperationException($"The gradient of {Op.Name} {Output.Shape} needs values that have been written in place since they were used. Clone() before writing.");
    }

    /// <summary>Lets go of inputs and saved values.</summary>
    /// <param name="sweep">The pass, which gives memory back.</param>
    internal void Release(Sweep sweep)
    {
        IsReleased = true;
        if (Output.Waits is not null) return;                                // somebody may still ask for it
        Inputs = [];
        _uses = [];
        foreach (var saved in Saved) sweep.GiveBack(saved.Storage);
        Saved = [];
        Fused?.Release(sweep);
        Fused = null;
    }
}
