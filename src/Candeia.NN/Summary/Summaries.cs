namespace Candeia.NN;

/// <summary>Tables of what models consist of.</summary>
public static class Summaries
{
    /// <summary>
    /// Runs a model once, in evaluation mode, on zeros, and lists its modules with the shapes of their results and the numbers of their parameters.
    /// </summary>
    /// <param name="model">The model; it is left as it was.</param>
    /// <param name="input">The shape of an input with its batch: <c>[1, 1, 130, 130]</c>.</param>
    /// <param name="dtype">The type of the input's elements.</param>
    /// <exception cref="ShapeException">The model does not take such an input.</exception>
    public static ModelSummary Summarize(this Layer model, Shape input, DType dtype = DType.Float32)
    {
        ArgumentNullException.ThrowIfNull(model);
        Dictionary<Module, Shape> outputs = [];
        var modes = model.NamedModules().Select(m => (m.Module, m.Module.IsTraining)).ToArray();
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        try
        {
            model.Eval();
            var x = Tensor.Zeros(input, dtype, model.Parameters() is [var first, ..] ? first.Device : null);
            LayerCalls.Watch((layer, _, y) => outputs.TryAdd(layer, y.Shape), () => outputs[model] = model.Forward(x).Shape);
        }
        finally
        {
            foreach (var (module, training) in modes) module.IsTraining = training;
        }
        HashSet<Tensor> counted = [];
        var rows = model.NamedModules().Select(m => Row(m.Name, m.Module, outputs, counted)).OfType<SummaryRow>().ToArray();
        return new(model.GetType().Name, input, outputs[model], rows, model.Parameters().Concat(model.Buffers()).Sum(t => t.Numel * t.DType.Size()));
    }

    static SummaryRow? Row(string path, Module module, Dictionary<Module, Shape> outputs, HashSet<Tensor> counted)
    {
        var own = StateEntry.Of(module).Where(e => e.Value is Tensor && e.Buffer is null).Select(e => (Tensor)e.Value).ToArray();
        if (own.Length == 0 && module.Children().Count > 0) return null;
        var first = own.Where(counted.Add).ToArray();
        return new(path, module.Title, outputs.TryGetValue(module, out var shape) ? shape : null, first.Sum(p => p.Numel), first.Where(p => p.RequiresGrad).Sum(p => p.Numel));
    }
}
