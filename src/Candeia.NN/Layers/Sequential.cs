using System.Collections;
using System.Runtime.CompilerServices;

namespace Candeia.NN;

/// <summary>Layers one after the other: <c>Sequential net = [new Linear(4, 8), new ReLU(), new Linear(8, 1)];</c></summary>
[CollectionBuilder(typeof(Sequential), nameof(Of))]
public sealed class Sequential : Layer, IReadOnlyList<Layer>
{
    [StateName("")]
    readonly OrderedDictionary<string, Layer> _layers = [];

    /// <param name="layers">The layers, in the order in which they are applied.</param>
    public Sequential(params ReadOnlySpan<Layer> layers)
    {
        for (int i = 0; i < layers.Length; i++) _layers.Add($"{i}", layers[i]);
    }

    /// <summary>A chain of these layers.</summary>
    public static Sequential Of(ReadOnlySpan<Layer> layers) => new(layers);

    /// <summary>A chain of layers that have names instead of numbers in state dicts and errors.</summary>
    /// <param name="layers">The layers with their names, in the order in which they are applied.</param>
    /// <exception cref="ArgumentException">Two have the same name, or a name is empty or has a dot in it.</exception>
    /// <example><code>
    /// var net = Sequential.Named(("hidden", new Linear(4, 8)), ("relu", new ReLU()), ("output", new Linear(8, 1)));
    /// Console.WriteLine(string.Join(' ', net.StateDict().Keys));           // → hidden.weight hidden.bias output.weight output.bias
    /// </code></example>
    public static Sequential Named(params ReadOnlySpan<(string Name, Layer Layer)> layers)
    {
        var chain = new Sequential();
        foreach (var (name, layer) in layers)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name, nameof(layers));
            if (name.Contains('.', StringComparison.Ordinal)) throw new ArgumentException($"A dot divides names in state dicts, and '{name}' has one; put a chain into the chain.", nameof(layers));
            if (!chain._layers.TryAdd(name, layer)) throw new ArgumentException($"Two layers have the name '{name}'; each needs its own.", nameof(layers));
        }
        return chain;
    }

    /// <summary>The number of layers.</summary>
    public int Count => _layers.Count;

    /// <summary>One layer.</summary>
    public Layer this[int index] => _layers.GetAt(index).Value;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        foreach (var (name, layer) in _layers) x = x.Apply(layer, name: name);
        return x;
    }

    /// <inheritdoc/>
    public IEnumerator<Layer> GetEnumerator() => _layers.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
