using System.Runtime.InteropServices;

namespace Candeia;

/// <summary>
/// One backward pass: from the newest node to the oldest, so that every gradient is complete when its node is reached. Nodes, what they saved
/// and gradients that have been used are let go of on the way.
/// </summary>
internal sealed class Sweep
{
    [ThreadStatic] static Tables? s_spare;                                   // those of a pass that has ended
    readonly bool _createGraph, _retainGraph;
    readonly Tables _tables;
    readonly Dictionary<Edge, Tensor> _gradients;
    readonly PriorityQueue<Node, long> _queue;
    HashSet<Edge>? _wanted;                                                  // gradients that were asked for by name
    Dictionary<Node, bool>? _leads;                                          // whether one that was asked for lies behind a node
    Scope? _scope;                                                           // of the pass; none where it is recorded
    List<Storage>? _late;                                                    // memory to give back as soon as no gradient that waits will read it
    Awaited? _awaited;                                                       // gradients of leaves that somebody wants to have as soon as they are complete

    public Sweep(bool createGraph, bool retainGraph)
    {
        (_createGraph, _retainGraph) = (createGraph, retainGraph);
        (_tables, s_spare) = (s_spare ?? new(), null);
        (_gradients, _queue) = (_tables.Gradients, _tables.Queue);
    }

    /// <summary>Adds the gradients to the <see cref="Tensor.Grad"/> of the leaves.</summary>
    public void Backward(ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor?> gradients)
    {
        using var scope = _scope = _createGraph ? null : Scope.Begin();
        Run(outputs, gradients);
        foreach (var (edge, grad) in _gradients) Finish(edge.Leaf!, grad);
        End();
    }

    /// <summary>Adds the gradients to the <see cref="Tensor.Grad"/> of some tensors, and of no others.</summary>
    public void Backward(ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<Tensor> inputs)
    {
        var found = Gradients(outputs, gradients, inputs);
        using var scope = _scope = _createGraph ? null : Scope.Begin();
        for (int i = 0; i < found.Length; i++) if (found[i] is { } grad) Accumulate(inputs[i], grad, own: false);
    }

    /// <summary>Leaves the tables, empty, to the thread's next pass; one that throws takes them along.</summary>
    void End()
    {
        _gradients.Clear();
        s_spare = _tables;
    }

    /// <summary>Gives a leaf its gradient, which is complete.</summary>
    void Finish(Tensor leaf, Tensor grad)
    {
        Accumulate(leaf, Hooked(grad, leaf.Hooks), own: true);
        leaf.Hooks?.Tell(leaf);
    }

    /// <summary>Returns the gradients of some tensors; none where the outputs do not depend on it.</summary>
    public Tensor?[] Gradients(ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor?> gradients, ReadOnlySpan<Tensor> inputs)
    {
        (_wanted, _leads) = (new(inputs.Length), []);
        foreach (var input in inputs)
        {
            if (!input.RequiresGrad) throw new InvalidOperationException($"A gradient was asked for a tensor {input.Shape} that does not require one; set RequiresGrad before it is used.");
            _wanted.Add(Edge.Of(input));
        }
        using var scope = _scope = _createGraph ? null : Scope.Begin();
        Run(outputs, gradients);
        var results = new Tensor?[inputs.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = _gradients.GetValueOrDefault(Edge.Of(inputs[i]));
            if (inputs[i].IsLeaf && results[i] is { } found) results[i] = Hooked(found, inputs[i].Hooks);
            if (results[i] is { } result && result.Storage.Scope == scope) result.Storage.MoveTo(scope?.Outer);
        }
        End();
        return results;
    }

    void Run(ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor?> gradients)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            var (output, gradient) = (outputs[i], i < gradients.Length ? gradients[i] : null);
            if (!output.RequiresGrad) throw new InvalidOperationException("Backward needs a tensor that depends on one with RequiresGrad; this one does not.");
            if (gradient is null && output.Numel != 1) throw new ShapeException($"Backward starts from a number, not from {output.Shape}. Reduce it with Mean() or Sum(), or pass a gradient.");
            if (gradient is not null && gradient.Shape != output.Shape) throw new ShapeException($"The gradient has shape {gradient.Shape}, the output {output.Shape}.");
        }
        Waiting.Settle();
        using var mode = _createGraph ? Autograd.EnableGrad() : Autograd.NoGrad();
        for (int i = 0; i < outputs.Length; i++)
            if (Leads(Edge.Of(outputs[i]))) Add(Edge.Of(outputs[i]), (i < gradients.Length ? gradients[i] : null) ?? Tensor.Ones(outputs[i].Shape, outputs[i].DType, outputs[i].Device));
        if (_wanted is null && Hooks.AnyLeafWatched) _awaited = new(_queue.UnorderedItems.Select(item => item.Element), Choose);
        while (_queue.TryDequeue(out var node, out _)) Pass(node);
        Waiting.Settle();
    }

    void Pass(Node plain)
    {
        if (plain.IsReleased)
            throw new InvalidOperationException("A second backward pass goes through a graph that the first one has let go of. Pass retainGraph: true to the first.");
        var node = _awaited?.Chosen(plain) ?? Choose(plain);
        Tensor? only = null;
        Span<Tensor?> grads = plain.Outputs.Length == 1 ? new Span<Tensor?>(ref only) : new Tensor?[plain.Outputs.Length];
        for (int i = 0; i < grads.Length; i++) grads[i] = Complete(new(plain, i), plain.Outputs[i]);
        if (plain.Op.IsReplayed) Replay(plain, grads);
        else if (Leads(plain))
        {
            using var scope = _createGraph ? null : Scope.Begin();
            var gradients = node.Backward(grads);
            if (Anomaly.IsOn) Anomaly.CheckBackward(node, grads, gradients);
            for (int i = 0; i < gradients.Length; i++)
                if (gradients[i] is { } g && Leads(node.EdgeOf(i))) Add(node.EdgeOf(i), g);
        }
        for (int i = 0; i < grads.Length; i++) if (grads[i] is { } grad && !IsWanted(new(plain, i))) Drop(grad);
        if (_awaited is not null) foreach (var edge in _awaited.CompletedBy(node)) if (_gradients.Remove(edge, out var grad)) Finish(edge.Leaf!, grad);
        if (!_createGraph && !_retainGraph) plain.Release(this);
        if (_late is { Count: > 0 }) GiveBackLate();
    }

    /// <summary>
    /// Goes through a part of the network that is computed once more. Its nodes are newer than all others, so they come next; memory that they need is
    /// given back before the pass goes on.
    /// </summary>
    void Replay(Node plain, ReadOnlySpan<Tensor?> grads)
    {
        long before = Node.Newest;
        var outer = _scope;
        using var scope = _scope = _createGraph ? null : Scope.Begin();
        var again = plain.Replay();
        Waiting.Settle();
        for (int i = 0; i < grads.Length; i++) if (grads[i] is { } grad && Leads(Edge.Of(again[i]))) Add(Edge.Of(again[i]), grad);
        while (_queue.TryPeek(out var next, out _) && next.Age > before) Pass(_queue.Dequeue());
        if (scope is not null) foreach (var grad in _gradients.Values) if (grad.Storage.Scope == scope) grad.Storage.MoveTo(outer);
        _scope = outer;
    }

    /// <summary>A gradient as hooks make it, with the claim on its memory.</summary>
    static Tensor Hooked(Tensor grad, Hooks? hooks)
    {
        if (hooks is null) return grad;
        var other = hooks.Pass(grad);
        if (other.Storage == grad.Storage) return other;
        other.Storage.Claims++;
        grad.Storage.Claims--;
        return other;
    }

    /// <summary>The gradient of a node's output, to which nothing more will be added.</summary>
    Tensor? Complete(Edge edge, Tensor output)
    {
        bool isWanted = IsWanted(edge);
        if (!(isWanted ? _gradients.TryGetValue(edge, out var grad) : _gradients.Remove(edge, out grad))) return null;
        if (edge.Node!.HooksOf(edge.Output) is { } hooks)
        {
            grad = Hooked(grad!, hooks);
            if (isWanted) _gradients[edge] = grad;
        }
        if (_wanted is null && output.RetainsGrad && output.Node == edge.Node) Accumulate(output, grad!, own: false);
        return grad;
    }

    bool IsWanted(Edge edge) => _wanted is not null && _wanted.Contains(edge);

    /// <summary>Whether a gradient that flows here is of use: all are in a pass to the leaves, else those that flow on to one that was asked for.</summary>
    bool Leads(Edge edge) => edge.IsWanted && (_wanted is null || _wanted.Contains(edge) || edge.Node is { } node && Leads(node));

    bool Leads(Node node)
    {
        if (_leads is null) return true;
        if (_leads.TryGetValue(node, out bool known)) return known;
        Stack<Node> open = new([node]);
        while (open.TryPeek(out var next))                                   // a chain may be longer than the stack
        {
            bool leads = next.IsReleased || next.Op.IsReplayed, ready = true;                      // what lay behind is not known any more, and that is said when it is reached
            for (int i = 0; i < next.Inputs.Length; i++)
            {
                var edge = next.EdgeOf(i);
                if (!edge.IsWanted) continue;
                if (_wanted!.Contains(edge)) leads = true;
                else if (edge.Node is { } before)
                {
                    if (_leads.TryGetValue(before, out bool further)) leads |= further;
                    else
                    {
                        open.Push(before);
                        ready = false;
                    }
                }
            }
            if (!ready) continue;
            _leads[open.Pop()] = leads;
        }
        return _leads[node];
    }

    /// <summary>The shortcut, unless the backward pass is recorded, or something that it skips has been computed or is asked for.</summary>
    Node Choose(Node node)
    {
        if (_createGraph || node.Fused is not { } fused) return node;
        foreach (var skipped in fused.Skips)
            if (!skipped.IsPending || skipped.RetainsGrad || IsWanted(Edge.Of(skipped))) return node;
        return fused;
    }

    void Add(Edge edge, Tensor grad)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_gradients, edge, out bool hasSum);
        if (hasSum)
        {
            grad = sum! + grad;
            Drop(sum!);
        }
        else if (edge.Node is { } node && !IsQueued(node, edge.Output)) _queue.Enqueue(node, -node.Age);
        sum = grad;
        grad.Claims++;
        if (_scope is null) return;
        if (grad.Waits is not null) Hold(grad);
        else if (grad.Storage.Scope is { } inner && inner.Outer == _scope) grad.Storage.MoveTo(_scope);
    }

    /// <summary>A gradient that waits will be computed in the scope of the pass, and so do those in between; what they read lives as long.</summary>
    void Hold(Tensor grad)
    {
        var inner = Scope.Current;
        if (inner?.Outer != _scope) return;
        HashSet<Node> nodes = [];
        Chain.Collect(grad, nodes, x =>
        {
            if (x.Storage.Scope != inner) return;
            x.Storage.MoveTo(_scope);
            (_late ??= []).Add(x.Storage);
        });
        foreach (var node in nodes) if (node.BelongsTo(inner)) node.MoveTo(_scope);
    }

    /// <summary>Gives memory back, at once or when no gradient that waits will read it any more.</summary>
    public void GiveBack(Storage storage)
    {
        if (storage.HasReaders) (_late ??= []).Add(storage);
        else storage.Release();
    }

    void GiveBackLate()
    {
        HashSet<Node> nodes = [];
        HashSet<Storage> needed = [];
        foreach (var grad in _gradients.Values) if (grad.Waits is not null) Chain.Collect(grad, nodes, x => needed.Add(x.Storage));
        _late!.RemoveAll(storage =>
        {
            if (needed.Contains(storage) || storage.Claims > 0) return false;
            storage.Forget();
            return true;
        });
    }

    /// <summary>Whether a gradient of another output has already brought this node to the queue.</summary>
    bool IsQueued(Node node, int output)
    {
        for (int i = 0; i < node.Outputs.Length; i++) if (i != output && _gradients.ContainsKey(new(node, i))) return true;
        return false;
    }

    /// <summary>Gives memory of this pass back once no gradient lies in it any more.</summary>
    void Drop(Tensor grad)
    {
        bool isLast = --grad.Claims == 0;
        if (isLast && _scope is not null && grad.Waits is null && grad.Storage.Scope == _scope) GiveBack(grad.Storage);
    }

    /// <summary>Adds to a tensor's gradient; the memory is the tensor's own from then on and lives as long as the tensor does.</summary>
    void Accumulate(Tensor tensor, Tensor grad, bool own)
    {
        if (tensor.Grad is { } before)
        {
            grad = before + grad;
            own = true;
        }
        if (_scope is not null)
        {
            if (!own || grad.Storage.Scope != _scope || grad.Storage.Bytes != grad.Numel * grad.DType.Size()) grad = grad.Clone();
            grad.Storage.MoveTo(tensor.Storage.Scope);
            if (!grad.IsLeaf) grad = grad.Detach();
        }
        tensor.Grad = grad;
    }

    /// <summary>Gradients that are not complete, and the nodes that they flow to next.</summary>
    sealed class Tables
    {
        public readonly Dictionary<Edge, Tensor> Gradients = new(capacity: 16);
        public readonly PriorityQueue<Node, long> Queue = new();
    }
}
