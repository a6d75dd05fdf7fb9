namespace Candeia;

/// <summary>
/// One backward pass: from the newest node to the oldest, so that every gradient is complete when its node is reached. Nodes, what they saved
/// and gradients that have been used are let go of on the way.
/// </summary>
internal sealed class Sweep(bool createGraph, bool retainGraph)
{
    readonly Dictionary<Tensor, Tensor> _gradients = new(capacity: 16);
    readonly PriorityQueue<Tensor, long> _queue = new();
    HashSet<Tensor>? _wanted;                                                // gradients that were asked for by name
    Scope? _scope;                                                           // of the pass; none where it is recorded

    /// <summary>Adds the gradients to the <see cref="Tensor.Grad"/> of the leaves.</summary>
    public void Backward(Tensor output, Tensor? gradient)
    {
        using var scope = _scope = createGraph ? null : Scope.Begin();
        Run(output, gradient, retains: true);
        foreach (var (leaf, grad) in _gradients) Accumulate(leaf, grad, own: true);
    }

    /// <summary>Returns the gradients of some tensors.</summary>
    public Tensor[] Gradients(Tensor output, Tensor? gradient, ReadOnlySpan<Tensor> inputs)
    {
        _wanted = new(inputs.Length);
        foreach (var input in inputs)
        {
            if (!input.RequiresGrad) throw new InvalidOperationException($"A gradient was asked for a tensor {input.Shape} that does not require one; set RequiresGrad before it is used.");
            _wanted.Add(input);
        }
        using var scope = _scope = createGraph ? null : Scope.Begin();
        Run(output, gradient, retains: false);
        var results = new Tensor[inputs.Length];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = _gradients.GetValueOrDefault(inputs[i]) ?? Tensor.Zeros(inputs[i].Shape, inputs[i].DType, inputs[i].Device);
            if (results[i].Storage.Scope == scope) results[i].Storage.MoveTo(scope?.Outer);
        }
        return results;
    }

    void Run(Tensor output, Tensor? gradient, bool retains)
    {
        if (!output.RequiresGrad) throw new InvalidOperationException("Backward needs a tensor that depends on one with RequiresGrad; this one does not.");
        if (gradient is null && output.Numel != 1) throw new ShapeException($"Backward starts from a number, not from {output.Shape}. Reduce it with Mean() or Sum(), or pass a gradient.");
        if (gradient is not null && gradient.Shape != output.Shape) throw new ShapeException($"The gradient has shape {gradient.Shape}, the output {output.Shape}.");
        Waiting.Settle();
        using var mode = createGraph ? Autograd.EnableGrad() : Autograd.NoGrad();
        Add(output, gradient ?? Tensor.Ones(output.Shape, output.DType, output.Device));
        while (_queue.TryDequeue(out var tensor, out _)) Pass(tensor, retains);
        Waiting.Settle();
    }

    void Pass(Tensor tensor, bool retains)
    {
        var plain = tensor.Node!;
        if (plain.IsReleased)
            throw new InvalidOperationException("A second backward pass goes through a graph that the first one has let go of. Pass retainGraph: true to the first.");
        var node = Choose(plain);
        var grad = _gradients[tensor];
        if (!IsWanted(tensor)) _gradients.Remove(tensor);
        if (retains && tensor.RetainsGrad) Accumulate(tensor, grad, own: false);
        using (createGraph ? null : Scope.Begin())
        {
            var gradients = node.Backward(grad);
            if (Anomaly.IsOn) Anomaly.CheckBackward(node, grad, gradients);
            for (int i = 0; i < gradients.Length; i++)
                if (gradients[i] is { } g && node.Needs(i)) Add(node.Inputs[i], g);
        }
        if (!IsWanted(tensor)) Drop(grad.Storage);
        if (!createGraph && !retainGraph) plain.Release();
    }

    bool IsWanted(Tensor tensor) => _wanted is not null && _wanted.Contains(tensor);

    /// <summary>The shortcut, unless the backward pass is recorded, or elsewhere than its kernels, or something that it skips has been computed or is asked for.</summary>
    Node Choose(Node node)
    {
        if (createGraph || node.Fused is not { } fused || fused.Op.IsHostBackward && fused.Output.Device != Device.Cpu) return node;
        foreach (var skipped in fused.Skips)
            if (!skipped.IsPending || skipped.RetainsGrad || IsWanted(skipped)) return node;
        return fused;
    }

    void Add(Tensor tensor, Tensor grad)
    {
        if (_gradients.TryGetValue(tensor, out var sum))
        {
            grad = sum + grad;
            Drop(sum.Storage);
        }
        else if (tensor.Node is { } node) _queue.Enqueue(tensor, -node.Age);
        _gradients[tensor] = grad;
        grad.Storage.Claims++;
        if (_scope is not null && grad.Storage.Scope is { } inner && inner.Outer == _scope) grad.Storage.MoveTo(_scope);
    }

    /// <summary>Gives memory of this pass back once no gradient lies in it any more.</summary>
    void Drop(Storage storage)
    {
        if (--storage.Claims == 0 && _scope is not null && storage.Scope == _scope) storage.Release();
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
}
