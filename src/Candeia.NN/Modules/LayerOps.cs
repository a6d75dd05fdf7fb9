using System.Runtime.CompilerServices;

namespace Candeia.NN;

/// <summary>Layers in a chain of calls, from left to right.</summary>
public static class LayerOps
{
    const string Named = "Candeia.Layer";

    /// <summary>The layer's result for this tensor: <c>x.Apply(conv1).Relu().Apply(conv2)</c>.</summary>
    /// <remarks>
    /// It is PyTorch's <c>module(x)</c>: hooks are called, and parametrized and pruned weights are computed anew. A direct <see
    /// cref="Layer.Forward"/> does
    /// neither.
    /// </remarks>
    /// <param name="x">The input, in a shape that the layer takes.</param>
    /// <param name="layer">The layer that is applied.</param>
    /// <param name="name">What errors call the layer; the expression at the call, unless given.</param>
    /// <exception cref="ShapeException">
    /// The input does not fit; the message names the layer, by its path from where <c>Forward</c> was called, and the input's shape.
    /// </exception>
    /// <exception cref="InvalidOperationException">Layers lie in layers so deep that the stack does not hold their calls.</exception>
    /// <example><code>
    /// Layer hidden = new Linear(3, 8), output = new Linear(8, 1);
    /// Console.WriteLine(Tensor.Randn([4, 3]).Apply(hidden).Relu().Apply(output).Shape);      // → [4, 1]
    /// </code></example>
    public static Tensor Apply(this Tensor x, Layer layer, [CallerArgumentExpression(nameof(layer))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(layer);
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new InvalidOperationException(
                $"Layers call layers deeper than the stack of this thread holds; does {layer.GetType().Name} apply itself? If not, put layers beside each other, not each into another.");
        try
        {
            long before = LayerCalls.Begin();
            if (layer.Derived is { } derived) foreach (var computed in derived) computed.Refresh();
            var y = layer.Hooks is { } hooks ? hooks.Forward(layer, x) : layer.Forward(x);
            LayerCalls.End(layer, x, y, before);
            return y;
        }
        catch (ArgumentException e) when (e is ShapeException || e.GetType() == typeof(ArgumentException))
        {
            bool inner = e.Data.Contains(Named);
            string message = inner ? $"{name}.{e.Message}" : $"{name} ({layer.Title}): input {x.DType} {x.Shape}: {e.Message}";
            var cause = inner ? e.InnerException : e;
            ArgumentException named = e is ShapeException ? new ShapeException(message, cause) : new ArgumentException(message, cause);
            named.Data[Named] = true;
            throw named;
        }
    }
}
