namespace Candeia.NN;

/// <summary>
/// <see cref="Adam"/> with decoupled weight decay: θ ← θ − γ·λ·θ before each step (<see href="https://arxiv.org/abs/1711.05101">Loshchilov and
/// Hutter, 2017</see>).
/// </summary>
public sealed class AdamW : Optimizer
{
    readonly AdamRule _rule;

    /// <param name="parameters">What is trained: <c>model.Parameters()</c>.</param>
    /// <param name="learningRate">γ, how far each step goes; 0.001 is a good start.</param>
    /// <param name="beta1">β₁, how much of the direction of earlier steps stays; the group's momentum.</param>
    /// <param name="beta2">β₂, how slowly the measure of the gradients' size changes.</param>
    /// <param name="epsilon">ε, added to what is divided by, so that it is never 0.</param>
    /// <param name="weightDecay">λ, how strongly parameters are drawn towards zero.</param>
    /// <param name="amsgrad">
    /// Whether v̂ never becomes smaller (<see href="https://openreview.net/forum?id=ryQu7f-RZ">Reddi et al., 2018</see>).
    /// </param>
    public AdamW(
        IEnumerable<Tensor> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8,
        double weightDecay = 0.01, bool amsgrad = false)
        : base(parameters, learningRate, weightDecay, Share(beta1, nameof(beta1))) => _rule = new(beta2, epsilon, amsgrad, decoupled: true);

    /// <inheritdoc/>
    protected override (bool Beta2, bool Epsilon) GroupOptions => (true, true);

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters) => _rule.Update(group, parameters);
}
