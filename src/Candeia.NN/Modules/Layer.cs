namespace Candeia.NN;

/// <summary>A module that turns one tensor into another.</summary>
public abstract class Layer : Module
{
    /// <summary>The result for an input. Call it on a whole model; inside models, <c>x.Apply(layer)</c> also names the layer in errors.</summary>
    /// <remarks>
    /// A direct call is <c>module.forward(x)</c> of PyTorch, and <c>x.Apply(layer)</c> is <c>module(x)</c>: hooks of this layer are called by the
    /// latter alone. So are parametrized and pruned weights of this layer computed anew, which PyTorch does in both: after an update, a direct call
    /// of a layer that is itself parametrized would use the weight of the last <c>Apply</c>. Layers inside are not concerned, as long as this one
    /// applies them with
    /// <c>Apply</c>.
    /// </remarks>
    /// <param name="x">The input, in a shape that the layer takes.</param>
    public abstract Tensor Forward(Tensor x);

    /// <summary>Calls a function before the layer is applied with <c>x.Apply(layer)</c>: to look at the input, or, by returning another, to replace it.</summary>
    /// <param name="hook">Gets the layer and its input; null leaves the input as it is.</param>
    /// <returns>Disposing of it removes the hook.</returns>
    public IDisposable RegisterForwardPreHook(Func<Layer, Tensor, Tensor?> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        return (Hooks ??= new()).Add(hook);
    }

    /// <summary>Calls a function after the layer has been applied with <c>x.Apply(layer)</c>: to look at the output, or, by returning another, to replace it.</summary>
    /// <param name="hook">Gets the layer, its input and its output; null leaves the output as it is.</param>
    /// <returns>Disposing of it removes the hook.</returns>
    /// <example><code>
    /// Sequential net = [new Linear(4, 8), new ReLU(), new Linear(8, 1)];
    /// using var hook = net.Get&lt;Layer&gt;("1").RegisterForwardHook((layer, x, y) => y * 0);
    /// Console.WriteLine(net.Forward(Tensor.Ones([1, 4])).Shape);           // → [1, 1]
    /// </code></example>
    public IDisposable RegisterForwardHook(Func<Layer, Tensor, Tensor, Tensor?> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        return (Hooks ??= new()).Add(hook);
    }

    /// <summary>
    /// Calls a function when gradients have passed through a layer that was applied with <c>x.Apply(layer)</c>: to look at them, or, by returning another, to replace that of
    /// the input.
    /// </summary>
    /// <param name="hook">Gets the layer, the gradient of its input, null where none is needed, and that of its output; null leaves the gradient as it is.</param>
    /// <returns>Disposing of it removes the hook.</returns>
    public IDisposable RegisterBackwardHook(Func<Layer, Tensor?, Tensor, Tensor?> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        return (Hooks ??= new()).AddBackward(hook);
    }
}
