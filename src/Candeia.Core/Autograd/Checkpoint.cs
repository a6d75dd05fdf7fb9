namespace Candeia;

/// <summary>A part of a network whose inner values are not kept for the backward pass, but computed once more there.</summary>
/// <param name="Function">The part.</param>
/// <param name="Random">Where the default generator stood when it was computed, so that the same is dropped again.</param>
public sealed record CheckpointOp(Func<Tensor[], Tensor[]> Function, GeneratorState Random) : Op
{
    /// <inheritdoc/>
    protected internal override Keeps Keeps => Keeps.Inputs;

    /// <inheritdoc/>
    internal override bool IsReplayed => true;

    /// <summary>Applies the function without a graph, and records that it was applied.</summary>
    internal static Tensor[] Apply(Func<Tensor[], Tensor[]> function, Tensor[] inputs)
    {
        if (!Autograd.Enabled) return function(inputs);
        var random = Generator.Default.State;
        Tensor[] results;
        using (Autograd.NoGrad()) results = Array.ConvertAll(function(inputs), y => y.Detach());
        foreach (var y in results) y.RequiresGrad = y.DType.IsFloatingPoint();
        if (Array.Exists(results, y => y.RequiresGrad)) _ = new Node(new CheckpointOp(function, random), inputs, results);
        return results;
    }

    /// <inheritdoc/>
    internal override Tensor[] Replay(Node node)
    {
        var now = Generator.Default.State;
        Generator.Default.State = Random;
        try
        {
            using var grad = Autograd.EnableGrad();
            return Function(node.Inputs);
        }
        finally
        {
            Generator.Default.State = now;
        }
    }

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) =>
        throw new InvalidOperationException($"{Name} is made of other ops and has nothing to compute.");
}

public static partial class Autograd
{
    /// <summary>
    /// Applies a part of a network so that its inner values are not kept for the backward pass, but computed once more there: memory for time
    /// (<see href="https://arxiv.org/abs/1604.06174">Chen et al. 2016</see>). Gradients flow to the inputs, and to all else that the function uses.
    /// </summary>
    /// <param name="function">The part. It is called once more in each backward pass, and must compute the same then; what the default generator drew is drawn again.</param>
    /// <param name="inputs">What the function is applied to.</param>
    /// <returns>The function's results.</returns>
    /// <example><code>
    /// var x = Tensor.Ones([2]);
    /// x.RequiresGrad = true;
    /// var y = Autograd.Checkpoint(h => h.Exp().Sin(), x);
    /// y.Sum().Backward();
    /// </code></example>
    public static Tensor[] Checkpoint(Func<Tensor[], Tensor[]> function, params Tensor[] inputs)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(inputs);
        return CheckpointOp.Apply(function, inputs);
    }

    /// <summary>The same for a function of one tensor.</summary>
    public static Tensor Checkpoint(Func<Tensor, Tensor> function, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(function);
        return CheckpointOp.Apply(x => [function(x[0])], [input])[0];
    }
}
