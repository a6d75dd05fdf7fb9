namespace Candeia.NN;

/// <summary>
/// Numbers of modules in another floating-point type for a while: in their place, and no longer than they are needed. What the modules have is put aside, and taken
/// up again as it was, unless something was written to what stood in for it.
/// </summary>
internal sealed class StandIns
{
    readonly List<StandIn> _all = [];

    /// <summary>One tensor.</summary>
    /// <param name="Tensor">Whom the module knows.</param>
    /// <param name="Own">What it had.</param>
    /// <param name="Version">How often its stand-in had been written at the beginning.</param>
    /// <param name="Gradient">The gradient that it had.</param>
    /// <param name="Lowered">The same in the other type.</param>
    readonly record struct StandIn(Tensor Tensor, Tensor Own, int Version, Tensor? Gradient, Tensor? Lowered);

    /// <summary>Puts aside what modules have, and goes on with it in the types that are named; what is <see cref="BufferAttribute.Precise"/> may stay in the wide type of a narrow one.</summary>
    public StandIns(params ReadOnlySpan<(Module Module, DType Type)> modules)
    {
        using var noGrad = Autograd.NoGrad();
        HashSet<Tensor> seen = [];
        foreach (var (module, type) in modules)
        {
            HashSet<Tensor> precise = [.. module.Tensors(e => e.Buffer is { Precise: true }).Select(t => t.Tensor).Where(t => t.DType == type.Wide())];
            foreach (var (_, tensor) in module.Tensors(_ => true))
                if (tensor.DType.IsFloatingPoint() && tensor.DType != type && !precise.Contains(tensor) && seen.Add(tensor)) Put(tensor, type);
        }
    }

    void Put(Tensor tensor, DType type)
    {
        Tensor own = tensor.Detach();
        Tensor? gradient = tensor.Grad, lowered = gradient?.To(type);
        tensor.Grad = null;
        tensor.Become(own.To(type));
        tensor.Grad = lowered;
        _all.Add(new(tensor, own, tensor.Version, gradient, lowered));
    }

    /// <summary>Takes away the gradients that were there at the beginning; those that have been cleared since are given back, the others returned.</summary>
    public (Tensor Tensor, Tensor Gradient)[] TakeGradients()
    {
        List<(Tensor, Tensor)> kept = [];
        for (int i = 0; i < _all.Count; i++)
        {
            if (_all[i] is not { Gradient: { } gradient, Lowered: { } lowered, Tensor: var tensor }) continue;
            if (tensor.Grad == lowered)
            {
                kept.Add((tensor, gradient));
                tensor.Grad = null;
            }
            else gradient.Storage.Release();
            lowered.Storage.Release();
            _all[i] = _all[i] with { Gradient = null, Lowered = null };
        }
        return [.. kept];
    }

    /// <summary>Takes up again what was put aside, with the gradients that have come since, one after the other.</summary>
    public void End()
    {
        using var noGrad = Autograd.NoGrad();
        var before = TakeGradients();
        foreach (var (tensor, own, version, _, _) in _all)
        {
            Tensor standIn = tensor.Detach();
            var gradient = tensor.Grad;
            tensor.Grad = null;
            tensor.Become(own);
            if (standIn.Version != version) tensor.Detach().CopyFrom(standIn);
            if (gradient is null) continue;
            tensor.Grad = gradient.To(own.DType).Keep();
            gradient.Storage.Release();
        }
        foreach (var (tensor, gradient) in before) tensor.Grad = gradient;
        _all.Clear();
    }
}
