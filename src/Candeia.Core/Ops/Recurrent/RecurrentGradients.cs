using System.Numerics;
using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// The gradients of a recurrent layer. Inputs: those of the <see cref="RecurrentOp"/>, its outputs, what it has saved, and the gradients of its results, as far
/// as there are any. Results: the gradients of x, where it is wanted, of the first states, and, where they are wanted, of all weights and biases.
/// </summary>
/// <param name="Forward">The op whose gradients these are.</param>
/// <param name="Inputs">How many inputs that has.</param>
public sealed record RecurrentGradientsOp(RecurrentOp Forward, int Inputs) : GradientOp
{
    /// <summary>Of which of the results there are gradients.</summary>
    public RecurrentResults Given { get; init; } = RecurrentResults.Output;

    /// <summary>Whether the gradient of x is computed.</summary>
    public bool WantsInput { get; init; } = true;

    /// <summary>Whether the gradients of weights and biases are computed.</summary>
    public bool WantsWeights { get; init; } = true;

    /// <summary>How many states there are.</summary>
    internal int States => Forward.Results - 1;

    /// <summary>Applies the op: the gradient of each input of the layer, null where it is not computed.</summary>
    public Tensor?[] Apply(params Tensor[] x)
    {
        ArgumentNullException.ThrowIfNull(x);
        List<int> wanted = [.. Order];
        TensorSpec[] specs = [.. wanted.Select(i => new TensorSpec(x[i].Shape, x[i].DType))];
        var results = Run(specs, x);
        var gradients = new Tensor?[Inputs];
        for (int i = 0; i < results.Length; i++) gradients[wanted[i]] = results[i];
        return gradients;
    }

    /// <summary>Of which inputs of the layer the results are the gradients.</summary>
    internal IEnumerable<int> Order
    {
        get
        {
            if (WantsInput) yield return 0;
            for (int i = 1; i <= States; i++) yield return i;
            for (int i = 1 + States; WantsWeights && i < Inputs; i++) yield return i;
        }
    }

    internal bool Has(RecurrentResults result) => (Given & result) != 0;

    /// <inheritdoc/>
    protected internal override Tensor[] Compose(ReadOnlySpan<Tensor> x)
    {
        var outputs = x[(x.Length - BitOperations.PopCount((uint)Given))..];
        return Composition.Gradients(Forward.Compose, x[..Inputs], [.. Order],
            [Has(RecurrentResults.Output), Has(RecurrentResults.Hidden), Has(RecurrentResults.Cell)], outputs);
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => RecurrentCalls.Gradients(this, x, outputs);
}

/// <summary>The inputs of a <see cref="RecurrentGradientsOp"/> by name.</summary>
internal readonly record struct RecurrentGradientInputs(RecurrentInputs Inputs, Tensor Y, Tensor Gates, Tensor? Second, Tensor? Dy, Tensor? Dh, Tensor? Dc)
{
    public static RecurrentGradientInputs Of(RecurrentGradientsOp op, ReadOnlySpan<Tensor> x)
    {
        int n = op.Inputs, at = x.Length - BitOperations.PopCount((uint)op.Given);
        bool saves = at > n + 1;
        Tensor? dy = op.Has(RecurrentResults.Output) ? x[at++] : null, dh = op.Has(RecurrentResults.Hidden) ? x[at++] : null;
        Tensor? dc = op.Has(RecurrentResults.Cell) ? x[at] : null;
        return new(RecurrentInputs.Of(op.Forward, x[..n]), x[n], saves ? x[n + 1] : x[n], saves ? x[n + 2] : null, dy, dh, dc);
    }
}

/// <summary>The results of a <see cref="RecurrentGradientsOp"/> by name.</summary>
internal readonly record struct RecurrentGradientOutputs(
    Tensor Hidden, Tensor? Cell, Tensor? X, Tensor? WeightIh, Tensor? WeightHh, Tensor? BiasIh, Tensor? BiasHh, Tensor? Projection)
{
    public static RecurrentGradientOutputs Of(RecurrentGradientsOp op, ReadOnlySpan<Tensor> outputs)
    {
        bool lstm = op.Forward.Kind == RecurrentKind.Lstm;
        int at = op.WantsInput ? 1 : 0;
        Tensor hidden = outputs[at++];
        Tensor? x = op.WantsInput ? outputs[0] : null, cell = lstm ? outputs[at++] : null;
        if (!op.WantsWeights) return new(hidden, cell, x, null, null, null, null, null);
        int behind = at + (op.Forward.HasBias ? 4 : 2);
        return new(hidden, cell, x, outputs[at], outputs[at + 1], op.Forward.HasBias ? outputs[at + 2] : null,
            op.Forward.HasBias ? outputs[at + 3] : null, outputs.Length > behind ? outputs[behind] : null);
    }
}
