namespace Candeia.NN;

/// <summary>Tables of what models consist of.</summary>
public static class Summaries
{
    /// <summary>
    /// Runs a model once, in evaluation mode, on zeros, and lists its modules with the shapes of their results, the numbers of their parameters and
    /// what they cost.
    /// </summary>
    /// <param name="model">The model; it is left as it was.</param>
    /// <param name="input">The shape of an input with its batch: <c>[1, 1, 130, 130]</c>.</param>
    /// <param name="dtype">The type of the input's elements; if none is named, that of the parameters.</param>
    /// <exception cref="ShapeException">The model does not take such an input.</exception>
    public static ModelSummary Summarize(this Layer model, Shape input, DType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        Dictionary<Module, Seen> seen = [];
        var modes = model.NamedModules().Select(m => (m.Module, m.Module.IsTraining)).ToArray();
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        Seen whole;
        try
        {
            model.Eval();
            var first = model.Parameters() is [var one, ..] ? one : null;
            var x = Tensor.Zeros(input, dtype ?? first?.DType, first?.Device);
            whole = Work.Count(() => LayerCalls.Watch(call => Note(seen, call), () => Seen.Of(model.Forward(x), Work.MultiplyAdds)));
        }
        finally
        {
            foreach (var (module, training) in modes) module.IsTraining = training;
        }
        seen[model] = whole;
        HashSet<Tensor> counted = [];
        var rows = model.NamedModules().Select(m => Row(m.Name, m.Module, seen, counted)).OfType<SummaryRow>().ToArray();
        return new(model.GetType().Name, input, whole.Output, rows, model.Parameters().Concat(model.Buffers()).Sum(t => t.Numel * t.DType.Size()))
        {
            MultiplyAdds = whole.MultiplyAdds,
            ResultBytes = rows.Where(r => r.Path != "").Sum(r => r.ResultBytes),
        };
    }

    static void Note(Dictionary<Module, Seen> seen, LayerCall call)
    {
        var now = Seen.Of(call.Y, call.MultiplyAdds);
        seen[call.Layer] = seen.TryGetValue(call.Layer, out var before) ? before with { MultiplyAdds = before.MultiplyAdds + now.MultiplyAdds, Bytes = before.Bytes + now.Bytes } : now;
    }

    static SummaryRow? Row(string path, Module module, Dictionary<Module, Seen> seen, HashSet<Tensor> counted)
    {
        var own = StateEntry.Of(module).Where(e => e.Value is Tensor && e.Buffer is null).Select(e => (Tensor)e.Value).ToArray();
        if (own.Length == 0 && module.Children().Count > 0) return null;
        var first = own.Where(counted.Add).ToArray();
        bool applied = seen.TryGetValue(module, out var call);
        return new(path, module.Title, applied ? call.Output : null, first.Sum(p => p.Numel), first.Where(p => p.RequiresGrad).Sum(p => p.Numel))
        {
            MultiplyAdds = applied ? call.MultiplyAdds - module.Children().Sum(c => Inside(c, seen)) : 0,
            ResultBytes = applied ? call.Bytes : 0,
        };
    }

    /// <summary>What a module costs: its own calls, or those of the modules in it.</summary>
    static long Inside(Module module, Dictionary<Module, Seen> seen) =>
        seen.TryGetValue(module, out var call) ? call.MultiplyAdds : module.Children().Sum(c => Inside(c, seen));

    /// <summary>What is known of a module that was applied: the shape of its first result, and the sum over all calls.</summary>
    readonly record struct Seen(Shape Output, long MultiplyAdds, long Bytes)
    {
        public static Seen Of(Tensor y, long multiplyAdds) => new(y.Shape, multiplyAdds, y.Numel * y.DType.Size());
    }
}
