using System.Collections;
using System.Runtime.CompilerServices;

namespace Candeia.NN;

/// <summary>Layers one after the other: <c>Sequential net = [new Linear(4, 8), new ReLU(), new Linear(8, 1)];</c></summary>
[CollectionBuilder(typeof(Sequential), nameof(Of))]
public sealed class Sequential : Layer, IReadOnlyList<Layer>
{
    [Elements]
    readonly Layer[] _layers;

    /// <param name="layers">The layers, in the order in which they are applied.</param>
    public Sequential(params ReadOnlySpan<Layer> layers) => _layers = layers.ToArray();

    /// <summary>A chain of these layers.</summary>
    public static Sequential Of(ReadOnlySpan<Layer> layers) => new(layers);

    /// <summary>The number of layers.</summary>
    public int Count => _layers.Length;

    /// <summary>One layer.</summary>
    public Layer this[int index] => _layers[index];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x)
    {
        for (int i = 0; i < _layers.Length; i++) x = x.Apply(_layers[i], name: $"{i}");
        return x;
    }

    /// <inheritdoc/>
    public IEnumerator<Layer> GetEnumerator() => ((IEnumerable<Layer>)_layers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
