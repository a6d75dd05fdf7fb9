using Candeia.Kernels;

namespace Candeia;

/// <summary>
/// A step of Adam or AdamW for some parameters at once, in place: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − γ·m̂ / (√v̂ + ε)
/// (<see href="https://arxiv.org/abs/1412.6980">Kingma and Ba, 2014</see>). Inputs: the gradients. Targets: all parameters, then all m, then all v
/// and, with <see cref="Amsgrad"/>, all largest v so far.
/// </summary>
/// <param name="LearningRate">γ.</param>
/// <param name="Beta1">β₁.</param>
/// <param name="Beta2">β₂.</param>
/// <param name="Epsilon">ε.</param>
/// <param name="Step">1 at the first step.</param>
public sealed record AdamStepOp(double LearningRate, double Beta1, double Beta2, double Epsilon, int Step) : UpdateOp
{
    /// <summary>How strongly parameters are drawn towards zero.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Whether weight decay shrinks the parameter, as in AdamW, instead of joining the gradient.</summary>
    public bool Decoupled { get; init; }

    /// <summary>Whether v̂ never becomes smaller.</summary>
    public bool Amsgrad { get; init; }

    int Kinds => Amsgrad ? 4 : 3;

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
        double size = LearningRate / (1 - PortableMath.Power(Beta1, Step)), root = Math.Sqrt(1 - PortableMath.Power(Beta2, Step));
        for (int i = 0; i < n; i++)
        {
            Tensor g = x[i], θ = targets[i], m = targets[n + i], v = targets[2 * n + i];
            if (Decoupled) θ *= 1 - LearningRate * WeightDecay;
            else if (WeightDecay != 0) g += WeightDecay * θ;
            m = made[n + i] = Beta1 * m + (1 - Beta1) * g;
            v = made[2 * n + i] = Beta2 * v + (1 - Beta2) * g * g;
            if (Amsgrad) v = made[3 * n + i] = v.Maximum(targets[3 * n + i]);
            made[i] = θ - size * m / (v.Sqrt() / root + Epsilon);
        }
        return made;
    }

    /// <summary>The kernels are given some numbers of a parameter after the others.</summary>
    protected internal override bool TakesNarrow => true;

    /// <inheritdoc/>
    protected internal override void Compute(ReadOnlySpan<Tensor> x, ReadOnlySpan<Tensor> outputs) => UpdateCalls.Adam(this, x, outputs);
}
