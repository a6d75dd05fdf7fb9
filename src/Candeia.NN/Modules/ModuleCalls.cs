namespace Candeia.NN;

/// <summary>Calling modules in other ways than by their forward pass alone.</summary>
public static class ModuleCalls
{
    /// <summary>An independent copy of a module and all in it: parameters, buffers and random streams of its own. What is tied stays tied; gradients and hooks stay behind.</summary>
    /// <param name="module">What is copied.</param>
    /// <exception cref="InvalidOperationException">Tensors or modules lie in a collection that cannot be copied.</exception>
    /// <example><code>
    /// var net = new Linear(2, 1);
    /// var copy = net.Clone();
    /// net.Weight.Detach().Fill(0);
    /// Console.WriteLine((double)copy.Weight.Abs().Sum() > 0);              // → True
    /// </code></example>
    public static TModule Clone<TModule>(this TModule module) where TModule : Module
    {
        ArgumentNullException.ThrowIfNull(module);
        return (TModule)new ModuleCopy().Of(module);
    }

    /// <summary>
    /// A layer's result with other parameters or buffers than its own, for this call: what is computed from others, such as the parameters after a step that is itself
    /// to be differentiated, takes gradients back to those.
    /// </summary>
    /// <param name="layer">What is applied.</param>
    /// <param name="state">Tensors by their names in state dicts; what is not named is the layer's own.</param>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentException">There is no tensor of such a name.</exception>
    /// <exception cref="ShapeException">A tensor has another shape than the one it stands for.</exception>
    /// <example><code>
    /// var layer = new Linear(2, 1);
    /// var zeros = layer.StateDict().ToDictionary(t => t.Key, t => t.Value * 0);
    /// Console.WriteLine((double)layer.FunctionalCall(zeros, Tensor.Ones([1, 2])));    // → 0
    /// </code></example>
    public static Tensor FunctionalCall(this Layer layer, IReadOnlyDictionary<string, Tensor> state, Tensor x) => layer.FunctionalCall(state, l => x.Apply(l, name: l.GetType().Name));

    /// <summary>The same for modules with other inputs and results.</summary>
    /// <param name="module">What is called.</param>
    /// <param name="state">Tensors by their names in state dicts; what is not named is the module's own.</param>
    /// <param name="call">The call.</param>
    /// <exception cref="ArgumentException">There is no tensor of such a name.</exception>
    /// <exception cref="ShapeException">A tensor has another shape than the one it stands for.</exception>
    public static TResult FunctionalCall<TModule, TResult>(this TModule module, IReadOnlyDictionary<string, Tensor> state, Func<TModule, TResult> call) where TModule : Module
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(call);
        List<(Module Owner, string Name, Tensor Own, Tensor Other)> swaps = [];
        foreach (var (path, other) in state)
        {
            var own = module.GetTensor(path);
            if (own.Shape != other.Shape) throw new ShapeException($"{path} of {module.GetType().Name} is {own.Shape}, and {other.Shape} cannot stand for it.");
            var (owner, name) = module.Owner(path);
            swaps.Add((owner, name, own, other));
        }
        int done = 0;
        try
        {
            for (; done < swaps.Count; done++)
            {
                swaps[done].Owner.Borrows = true;
                StateSlot.Set(swaps[done].Owner, swaps[done].Name, swaps[done].Other);
            }
            return call(module);
        }
        finally
        {
            while (--done >= 0) StateSlot.Set(swaps[done].Owner, swaps[done].Name, swaps[done].Own);
            foreach (var swap in swaps) swap.Owner.Borrows = false;
        }
    }

    /// <summary>What layers inside a model make of an input, by their paths, beside the result: features of a trained network.</summary>
    /// <param name="layer">The model.</param>
    /// <param name="x">The input.</param>
    /// <param name="paths">Which layers, as in <see cref="Module.Get(string)"/>; the empty path is the model itself.</param>
    /// <exception cref="ArgumentException">There is no such layer, or the model did not apply it with <c>x.Apply(layer)</c>.</exception>
    /// <example><code>
    /// Sequential net = [new Linear(4, 8), new ReLU(), new Linear(8, 1)];
    /// var features = net.Features(Tensor.Ones([1, 4]), "1");
    /// Console.WriteLine(features["1"].Shape);                              // → [1, 8]
    /// </code></example>
    public static IReadOnlyDictionary<string, Tensor> Features(this Layer layer, Tensor x, params ReadOnlySpan<string> paths)
    {
        ArgumentNullException.ThrowIfNull(layer);
        OrderedDictionary<string, Tensor> found = [];
        List<IDisposable> hooks = [];
        string[] wanted = paths.ToArray();
        try
        {
            foreach (string path in wanted) hooks.Add(layer.Get<Layer>(path).RegisterForwardHook((_, _, y) => (found[path] = y, (Tensor?)null).Item2));
            x.Apply(layer, name: layer.GetType().Name);
        }
        finally { hooks.ForEach(h => h.Dispose()); }
        return Array.Find(wanted, p => !found.ContainsKey(p)) is { } missing
            ? throw new ArgumentException($"{layer.GetType().Name} did not apply {missing} to anything with x.Apply(layer).", nameof(paths)) : found;
    }

    /// <summary>All parameters one after the other in one vector, with a graph that leads back to them.</summary>
    /// <param name="parameters">The parameters: <c>model.Parameters()</c>.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    /// <example><code>Console.WriteLine(new Linear(4, 2).Parameters().ParametersToVector().Shape);    // → [10]</code></example>
    public static Tensor ParametersToVector(this IEnumerable<Tensor> parameters) => Tensor.Cat([.. parameters.Select(p => p.Flatten())]);

    /// <summary>Writes the numbers of a vector into parameters, one after the other: the way back from <see cref="ParametersToVector"/>.</summary>
    /// <param name="vector">As many numbers as the parameters have together.</param>
    /// <param name="parameters">What is written.</param>
    /// <exception cref="ShapeException">There are more or fewer numbers.</exception>
    /// <example><code>
    /// var layer = new Linear(4, 2);
    /// Tensor.Zeros([10]).VectorToParameters(layer.Parameters());
    /// Console.WriteLine((double)layer.Weight.Sum());                       // → 0
    /// </code></example>
    public static void VectorToParameters(this Tensor vector, IEnumerable<Tensor> parameters)
    {
        ArgumentNullException.ThrowIfNull(vector);
        Tensor[] all = [.. parameters];
        long numbers = all.Sum(p => p.Numel);
        if (vector.Shape.Rank != 1 || vector.Numel != numbers) throw new ShapeException($"Parameters of {numbers} numbers together need a vector [{numbers}], not {vector.Shape}.");
        using var _ = Autograd.NoGrad();
        int from = 0;
        foreach (var parameter in all)
        {
            int count = checked((int)parameter.Numel);
            parameter.CopyFrom(vector.Detach().Narrow(0, from, count).Reshape(parameter.Shape));
            from += count;
        }
    }
}
