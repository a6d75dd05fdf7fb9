namespace Candeia;

public sealed partial class Tensor
{
    /// <summary>What is to be done with this leaf's gradient; the hooks of a result are its node's.</summary>
    internal Hooks? Hooks => _notes?.Hooks;

    /// <summary>
    /// Calls a function with the gradient of this tensor in every backward pass, as soon as it is complete and before it is used: to look at it, or, by
    /// returning another of the same shape and type, to replace it; null leaves it as it is.
    /// </summary>
    /// <param name="hook">Gets the gradient. It must not write it in place.</param>
    /// <returns>Disposing of it removes the hook.</returns>
    /// <exception cref="InvalidOperationException">This tensor has no gradient.</exception>
    /// <example><code>
    /// var w = Tensor.Ones([2]);
    /// w.RequiresGrad = true;
    /// using var hook = w.RegisterHook(grad => grad * 0.5);
    /// (w * 3).Sum().Backward();                                            // w.Grad is [1.5, 1.5]
    /// </code></example>
    public IDisposable RegisterHook(Func<Tensor, Tensor?> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        return HooksForGradient().Add(hook);
    }

    /// <summary>
    /// Calls a function each time that a backward pass has added to the <see cref="Grad"/> of this leaf, at the moment when it is complete: while the
    /// pass goes on to older results. For sending gradients while others are still computed, or updating a parameter at once.
    /// </summary>
    /// <param name="hook">Gets this tensor.</param>
    /// <returns>Disposing of it removes the hook.</returns>
    /// <exception cref="InvalidOperationException">This tensor has no gradient, or is a result: those pass their gradient on.</exception>
    /// <example><code>
    /// var w = Tensor.Ones([2]);
    /// w.RequiresGrad = true;
    /// using var hook = w.RegisterPostAccumulateGradHook(leaf => Console.WriteLine(string.Join(' ', leaf.Grad!.ToArray&lt;float>())));
    /// (w * 3).Sum().Backward();
    /// // → 3 3
    /// </code></example>
    public IDisposable RegisterPostAccumulateGradHook(Action<Tensor> hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        if (!IsLeaf) throw new InvalidOperationException("Gradients are accumulated in leaves; use RegisterHook for the gradient of a result.");
        return HooksForGradient().Add(hook);
    }

    Hooks HooksForGradient()
    {
        if (!RequiresGrad) throw new InvalidOperationException("A tensor that does not require a gradient has none to be watched; set RequiresGrad before.");
        return Node is { } node ? node.HooksFor(NodeOutput) : Noted.Hooks ??= new();
    }
}
