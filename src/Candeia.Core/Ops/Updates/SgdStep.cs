using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// A step of gradient descent for some parameters at once, in place: b ← μ·b + (1 − τ)·g, θ ← θ − γ·b. Inputs: the gradients. Targets: all parameters
/// and, where there is momentum, then all b.
/// </summary>
/// <param name="LearningRate">γ.</param>
public sealed record SgdStepOp(double LearningRate) : UpdateOp
{
    /// <summary>μ.</summary>
    public double Momentum { get; init; }

    /// <summary>τ.</summary>
    public double Dampening { get; init; }

    /// <summary>An L2 penalty.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether the step looks ahead: θ ← θ − γ·(g + μ·b).</summary>
    public bool Nesterov { get; init; }

    /// <summary>Whether b is empty yet: it becomes the gradient, undampened.</summary>
    public bool IsFirst { get; init; }

    int Kinds => Momentum != 0 ? 2 : 1;

    /// <summary>Applies the op.</summary>
    /// <exception cref="ShapeException">A target has another shape than its gradient.</exception>
    public void Apply(ReadOnlySpan<Tensor> gradients, ReadOnlySpan<Tensor> targets)
    {
        CheckTargets(gradients, targets, Kinds);
        RunInto(targets, gradients);
    }

    /// <inheritdoc/>
    protected internal override Tensor[] Compose(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> targets)
    {
        int n = x.Length;
        var made = new Tensor[targets.Length];
        for (int i = 0; i < n; i++)
        {
            Tensor g = x[i], θ = targets[i];
            if (WeightDecay != 0) g += WeightDecay * θ;
            if (Momentum != 0)
            {
                var b = made[n + i] = IsFirst ? g : Momentum * targets[n + i] + (1 - Dampening) * g;
                g = Nesterov ? g + Momentum * b : b;
            }
            made[i] = θ - LearningRate * g;
        }
        return made;
    }

    /// <summary>The kernels are given some numbers of a parameter after the others.</summary>
    protected internal override bool TakesNarrow => true;

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => UpdateCalls.Sgd(this, x, outputs);
}
