using System.Runtime.CompilerServices;

namespace Candeia;

/// <summary>Automatic differentiation: whether operations are recorded, and gradients on demand.</summary>
public static partial class Autograd
{
    [ThreadStatic] static bool s_off;

    /// <summary>Whether operations on this thread are recorded for a backward pass.</summary>
    public static bool Enabled => !s_off;

    /// <summary>Records nothing on this thread until the result is disposed: <c>using var _ = Autograd.NoGrad();</c></summary>
    public static Switched NoGrad() => new(ref s_off, true);

    /// <summary>Records again inside a <see cref="NoGrad"/>.</summary>
    public static Switched EnableGrad() => new(ref s_off, false);

    /// <summary>
    /// Looks on this thread at the result of every op and at every gradient until the result is disposed:
    /// <c>using var _ = Autograd.DetectAnomaly();</c> The first NaN made of numbers, and the first gradient that is not finite, throw an
    /// <see cref="AnomalyException"/> that names the op and the line that applied it. Slow: for finding a fault, not for training.
    /// </summary>
    public static Switched DetectAnomaly()
    {
        Waiting.Settle();
        return Anomaly.Switch(true);
    }

    /// <summary>
    /// The gradients of a scalar (or of <c>Σ output·gradient</c>) with respect to some tensors, without touching any <see cref="Tensor.Grad"/>.
    /// </summary>
    /// <param name="output">A number, or any tensor together with <paramref name="gradient"/>.</param>
    /// <param name="inputs">Tensors that require gradients.</param>
    /// <param name="gradient">The gradient of the output; 1 for a number.</param>
    /// <param name="createGraph">Whether the backward pass itself is recorded, so that its results have derivatives too.</param>
    /// <param name="retainGraph">Whether the graph is kept for another pass.</param>
    /// <returns>A gradient per input; zeros where the output does not depend on it.</returns>
    /// <example><code>
    /// Tensor x = 3.0;
    /// x.RequiresGrad = true;
    /// var slope = Autograd.Gradients(x * x * x, [x], createGraph: true)[0];
    /// Console.WriteLine(slope.Item());      // → 27
    /// Console.WriteLine(Autograd.Gradients(slope, [x])[0].Item());      // → 18
    /// </code></example>
    public static Tensor[] Gradients(Tensor output, ReadOnlySpan<Tensor> inputs, Tensor? gradient = null, bool createGraph = false, bool retainGraph = false) =>
        Gradients([output], inputs, [gradient], createGraph, retainGraph);

    /// <summary>Computes the gradients of several outputs together, and adds them to the <see cref="Tensor.Grad"/> of the tensors that they come from.</summary>
    /// <param name="outputs">Numbers, or any tensors together with <paramref name="gradients"/>.</param>
    /// <param name="gradients">The gradient of each output; null, or none at all, means 1, for a number.</param>
    /// <param name="inputs">The tensors that get gradients, and no others; none means all leaves.</param>
    /// <param name="createGraph">Whether the backward pass itself is recorded, so that its results have derivatives too.</param>
    /// <param name="retainGraph">Whether the graph is kept for another pass.</param>
    /// <exception cref="InvalidOperationException">
    /// An output depends on no tensor that requires a gradient, an input requires none, or what the pass needs has been given back or written over.
    /// </exception>
    /// <exception cref="ShapeException">An output of more than one number has no gradient, or one of another shape.</exception>
    /// <example><code>
    /// Tensor x = 3.0;
    /// x.RequiresGrad = true;
    /// Autograd.Backward([x * x, x * 5]);
    /// Console.WriteLine(x.Grad!.Item());      // → 11
    /// </code></example>
    public static void Backward(
        ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor?> gradients = default, ReadOnlySpan<Tensor> inputs = default, bool createGraph = false, bool retainGraph = false)
    {
        var sweep = new Sweep(createGraph, retainGraph || createGraph);
        if (inputs.IsEmpty) sweep.Backward(outputs, gradients);
        else sweep.Backward(outputs, gradients, inputs);
    }

    /// <summary>The gradients of several outputs together, <c>Σ output·gradient</c>, with respect to some tensors.</summary>
    /// <param name="outputs">Numbers, or any tensors together with <paramref name="gradients"/>.</param>
    /// <param name="inputs">Tensors that require gradients.</param>
    /// <param name="gradients">The gradient of each output; null, or none at all, means 1, for a number.</param>
    /// <param name="createGraph">Whether the backward pass itself is recorded, so that its results have derivatives too.</param>
    /// <param name="retainGraph">Whether the graph is kept for another pass.</param>
    /// <returns>A gradient per input; zeros where no output depends on it.</returns>
    [OverloadResolutionPriority(1)]                                        // a collection of outputs is not one that is stacked
    public static Tensor[] Gradients(
        ReadOnlySpan<Tensor> outputs, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor?> gradients = default, bool createGraph = false, bool retainGraph = false)
    {
        var results = new Sweep(createGraph, retainGraph).Gradients(outputs, gradients, inputs);
        for (int i = 0; i < results.Length; i++) results[i] ??= Tensor.Zeros(inputs[i].Shape, inputs[i].DType, inputs[i].Device);
        return results!;
    }
}
