namespace Candeia;

/// <summary>
/// Point-wise ops that become one pass: results of large tensors wait until somebody needs their values, and are then computed block by block together with
/// those before them that wait too. Of these only such are stored as are costly and will be read again; the others stay as they are, and would be computed
/// from their inputs if they were read. What they read is watched: before it is written or given back they are computed.
/// </summary>
internal sealed class Chain : IDisposable
{
    /// <summary>Elements from which it pays to wait.</summary>
    public static long Least { get; set; } = 1 << 21;

    const int LeastStored = 1 << 19;                                         // the same of what is only stored
    const int MostSteps = 16;                                                // ops in a pass
    const int Cheap = 8;                                                     // effort that is less than writing and reading a number
    const int MostTails = 4;                                                 // results of a thread that wait and that no other waits for

    [ThreadStatic] static Lazy?[]? s_tails;
    [ThreadStatic] static int s_next;
    readonly List<Node> _nodes = [];
    readonly List<Tensor> _loads = [];
    readonly List<Node> _locked = [];
    readonly Layout _layout;

    Chain(Node last)
    {
        _layout = last.Output.Layout;
        Visit(last);
    }

    /// <summary>Whether a result is large enough to wait, or follows something that waits or is only stored, which else would be widened as a whole.</summary>
    public static bool Pays(ReadOnlySpan<Tensor> x, Tensor y)
    {
        if (y.Numel >= Least) return true;
        if (y.Numel < Math.Min(Least, LeastStored)) return false;
        foreach (var input in x) if (input.DType.Wide() != input.DType || input.Waits is not null) return true;
        return false;
    }

    /// <summary>Whether the result of an op may wait.</summary>
    public static bool Takes(Op op, Device device, ReadOnlySpan<Tensor> x, Tensor y)
    {
        if (op is not IPointwise pointwise || !pointwise.MayWait(x[0].DType) || !device.HasChains || !Absorption.IsOn || !Fits(y) || op.GetType().Assembly != typeof(Op).Assembly) return false;
        foreach (var input in x)
        {
            if (!Fits(input)) return false;
            if (input.IsPending && !(input.Waits is not null && input.Source!.HasEnded)) continue;
            if (input.Storage.IsLent) return false;
            input.Storage.Check();
        }
        return true;
    }

    static bool Fits(Tensor x) => x.DType is DType.Float32 or DType.Float64 or DType.Bool or DType.Float16 or DType.BFloat16;

    /// <summary>Whether an input of a node that waits may go on waiting.</summary>
    public static bool Continues(Tensor x, Layout layout) => Pending(x) is not null && x.Layout.Equals(layout);

    static Node? Pending(Tensor x) => x.IsPending && x.Source is { Lazy: not null } node ? node : null;

    /// <summary>Lets the result of a node wait, whose inputs have been computed or wait likewise.</summary>
    public static void Join(Node node)
    {
        var lazy = node.BecomeLazy();
        int steps = Count(node);
        while (steps > MostSteps)
        {
            Tensor? longest = null;
            foreach (var x in node.Inputs) if (Pending(x) is { } before && (longest is null || before.Lazy!.Steps > longest.Source!.Lazy!.Steps)) longest = x;
            _ = longest!.Storage;
            steps = Count(node);
        }
        lazy.Steps = steps;
        lazy.Effort = ((IPointwise)node.Op).Effort;
        lazy.IsKept = node.Output.RequiresGrad && (node.Op.Keeps & Keeps.Output) != 0;
        bool keeps = node.Output.RequiresGrad && (node.Op.Keeps & Keeps.Inputs) != 0;
        for (int i = 0; i < node.Inputs.Length; i++)
        {
            var x = node.Inputs[i];
            if (Pending(x)?.Lazy is { } before)
            {
                before.Uses++;
                before.IsKept |= keeps && node.Op.KeepsInput(node, i);
                if (!Repeats(node.Inputs, i)) lazy.Effort += before.Effort;
                Forget(before);
            }
            x.AddReader(lazy);
        }
        if (((IPointwise)node.Op).IsLast(node.Output.DType))
        {
            _ = node.Output.Storage;
            return;
        }
        var tails = s_tails ??= new Lazy?[MostTails];
        int at = Array.IndexOf(tails, null);
        if (at < 0) (at, s_next) = (s_next, (s_next + 1) % MostTails);
        var oldest = tails[at];
        tails[at] = lazy;
        if (oldest is not null) Settle(oldest);
    }

    static int Count(Node node)
    {
        int steps = 1;
        for (int i = 0; i < node.Inputs.Length; i++) if (Pending(node.Inputs[i])?.Lazy is { } before && !Repeats(node.Inputs, i)) steps += before.Steps;
        return steps;
    }

    static bool Repeats(Tensor[] inputs, int i) => Array.IndexOf(inputs, inputs[i]) < i;

    static void Forget(Lazy lazy)
    {
        if (s_tails is { } tails && Array.IndexOf(tails, lazy) is >= 0 and var at) tails[at] = null;
    }

    /// <summary>Computes what waits on this thread and is not needed by anything else that waits.</summary>
    public static void SettleAll()
    {
        if (s_tails is not { } tails) return;
        for (int i = 0; i < tails.Length; i++) if (tails[i] is { } lazy)
        {
            tails[i] = null;
            Settle(lazy);
        }
    }

    static void Settle(Lazy lazy)
    {
        try
        {
            lazy.Alive?.Compute();
        }
        catch (Exception e) when (e is not OutOfMemoryException)             // it is for who reads the result
        {
        }
    }

    void Visit(Node node)
    {
        foreach (var x in node.Inputs)
        {
            if (Pending(x) is { } before && x.Layout.Equals(_layout))
            {
                if (!_nodes.Contains(before)) Visit(before);
            }
            else if (!_loads.Contains(x)) _loads.Add(x);
        }
        _nodes.Add(node);
    }

    /// <summary>Computes the result of a node, which waits and which the caller has locked, and on the way what others will need.</summary>
    public static void Compute(Node last)
    {
        if (!Array.Exists(last.Inputs, x => Pending(x) is not null))         // no chain
        {
            last.CheckFresh();
            var only = last.Reserve();
            only.Device.Run(new(last.Op, last.Inputs, [only]));
            last.Accept(only.Storage);
            return;
        }
        using var chain = Open(last);
        if (chain is null) return;
        var y = chain.Plan(node => node == last || chain.IsWorthStoring(node), null, out var steps, out var stored);
        last.Output.Device.RunChain(steps, chain._loads.ToArray(), y);
        for (int i = 0; i < y.Length; i++) stored[i].Accept(y[i].Storage);
    }

    /// <summary>Adds up rows of the result of a node, which waits and which the caller has locked; the result is stored only where it is worth that.</summary>
    public static bool Sum(Node last, Tensor sums, long rows, long n)
    {
        using var chain = Open(last);
        if (chain is null) return false;
        Forget(last.Lazy!);
        var y = chain.Plan(node => chain.IsWorthStoring(node) || node == last && node.Lazy!.Effort > Cheap, null, out var steps, out var stored);
        last.Output.Device.SumChain(steps, chain._loads.ToArray(), y, last.Output, sums, rows, n);
        for (int i = 0; i < y.Length; i++) stored[i].Accept(y[i].Storage);
        return true;
    }

    /// <summary>
    /// Writes the result of a node, which waits and which the caller has locked, to memory that exists, which steps of the chain may read: at each place before it
    /// is written. Results that wait and read that memory are stored on the way. False where it has to be computed first.
    /// </summary>
    public static bool TryWrite(Node last, Tensor target)
    {
        using var chain = Open(last);
        if (chain is null) return false;
        foreach (var load in chain._loads) if (load.Storage == target.Storage && !load.Layout.Equals(target.Layout)) return false;
        var readers = target.Storage.Readers();
        if (!readers.TrueForAll(chain._nodes.Contains)) return false;
        var y = chain.Plan(node => readers.Contains(node) || node != last && chain.IsWorthStoring(node), target, out var steps, out var stored);
        last.Output.Device.RunChain(steps, chain._loads.ToArray(), y);
        for (int i = 0; i < stored.Count; i++) stored[i].Accept(y[i].Storage);
        return true;
    }

    /// <summary>Makes all that waits independent of memory that is about to be written, but for what is a step on the way to a node's result.</summary>
    public static void PartOthers(Node last, Storage written)
    {
        using var chain = new Chain(last);
        foreach (var reader in written.Readers()) if (!chain._nodes.Contains(reader)) reader.Part(written);
    }

    /// <summary>
    /// A chain whose inputs have been computed and whose nodes are locked, from the newest to the oldest as everywhere, so that no other thread computes one of
    /// them and then writes what this chain reads.
    /// </summary>
    static Chain? Open(Node last)
    {
        while (true)
        {
            var chain = new Chain(last);
            foreach (var load in chain._loads) _ = load.Storage;
            chain._locked.AddRange(chain._nodes.OrderByDescending(n => n.Age));
            foreach (var node in chain._locked) Monitor.Enter(node);
            if (chain.IsAsItWas()) return chain;
            chain.Dispose();
            if (!last.Output.IsPending) return null;                         // computing an input has computed it, too
        }
    }

    /// <summary>Whether no other thread has computed one of the nodes, or given it another input, before they were locked.</summary>
    bool IsAsItWas()
    {
        foreach (var node in _nodes)
        {
            if (Pending(node.Output) != node) return false;
            foreach (var x in node.Inputs) if (!_loads.Contains(x) && !_nodes.Exists(n => n.Output == x)) return false;
        }
        return true;
    }

    /// <summary>Lets other threads at the nodes again.</summary>
    public void Dispose()
    {
        for (int i = _locked.Count - 1; i >= 0; i--) Monitor.Exit(_locked[i]);
        _locked.Clear();
    }

    /// <summary>The steps, and memory for what is stored, the target behind it; the last step's result is the target's, too.</summary>
    Tensor[] Plan(Predicate<Node> stores, Tensor? target, out ChainStep[] steps, out List<Node> stored)
    {
        stored = [];
        steps = new ChainStep[_nodes.Count];
        for (int i = 0; i < steps.Length; i++)
        {
            var node = _nodes[i];
            node.CheckFresh();
            bool isStored = stores(node);
            steps[i] = new(node.Op, node.Output.DType, node.Inputs[0].DType, Array.ConvertAll(node.Inputs, PlaceOf), isStored ? stored.Count : -1);
            if (isStored) stored.Add(node);
        }
        if (target is not null) steps[^1] = steps[^1].Output < 0 ? steps[^1] with { Output = stored.Count } : steps[^1] with { Copy = stored.Count };
        var y = new Tensor[stored.Count + (target is null ? 0 : 1)];
        for (int i = 0; i < stored.Count; i++) y[i] = stored[i].Reserve();
        if (target is not null) y[^1] = target;
        return y;
    }

    /// <summary>The loads are counted from 0, what the chain computes from behind them.</summary>
    int PlaceOf(Tensor x) => _loads.IndexOf(x) is >= 0 and var load ? load : _loads.Count + _nodes.FindIndex(n => n.Output == x);

    /// <summary>Whether a result in between will be read again and costs more to compute than to store.</summary>
    bool IsWorthStoring(Node node)
    {
        if (node.Lazy is not { } lazy || lazy.Effort <= Cheap || node.HasEnded) return false;
        if (lazy.IsKept) return true;
        int uses = 0;
        foreach (var other in _nodes) if (Array.IndexOf(other.Inputs, node.Output) >= 0) uses++;
        return lazy.Uses > uses;
    }

    /// <summary>The memory that some results that wait will read, and the nodes that will: what a backward pass must not give back yet.</summary>
    public static void Collect(Tensor result, HashSet<Node> nodes, Action<Tensor> load)
    {
        if (Pending(result) is not { } node)
        {
            load(result);
            return;
        }
        if (nodes.Add(node)) foreach (var x in node.Inputs) Collect(x, nodes, load);
    }
}
