namespace Candeia.NN;

/// <summary>
/// <see cref="Adam"/> with decoupled weight decay: θ ← θ − γ·λ·θ before each step (<see href="https://arxiv.org/abs/1711.05101">Loshchilov and
/// Hutter, 2017</see>).
/// </summary>
public sealed class AdamW : Optimizer
{
    readonly AdamRule _rule;

    /// <param name="parameters">What is trained.</param>
    /// <param name="learningRate">γ.</param>
    /// <param name="beta1">β₁, the group's momentum.</param>
    /// <param name="beta2">β₂.</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="weightDecay">λ.</param>
    /// <param name="amsgrad">Whether v̂ never becomes smaller.</param>
    public AdamW(
        IEnumerable<Tensor> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8,
        double weightDecay = 0.01, bool amsgrad = false)
        : base(parameters, learningRate, weightDecay, Share(beta1, nameof(beta1))) => _rule = new(beta2, epsilon, amsgrad, decoupled: true);

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters) => _rule.Update(group, parameters);
}
