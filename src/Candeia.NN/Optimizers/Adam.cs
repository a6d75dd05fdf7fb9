namespace Candeia.NN;

/// <summary>
/// Steps of about the same size in every direction: m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², θ ← θ − γ·m̂ / (√v̂ + ε)
/// (<see href="https://arxiv.org/abs/1412.6980">Kingma and Ba, 2014</see>). Weight decay is an L2 penalty; see <see cref="AdamW"/> for the decoupled
/// one.
/// </summary>
public sealed class Adam : Optimizer
{
    readonly AdamRule _rule;

    /// <param name="parameters">What is trained: <c>model.Parameters()</c>.</param>
    /// <param name="learningRate">γ, how far each step goes; 0.001 is a good start.</param>
    /// <param name="beta1">β₁, how much of the direction of earlier steps stays; the group's momentum.</param>
    /// <param name="beta2">β₂, how slowly the measure of the gradients' size changes.</param>
    /// <param name="epsilon">ε, added to what is divided by, so that it is never 0.</param>
    /// <param name="weightDecay">How strongly parameters are drawn towards zero, as an L2 penalty; 0 leaves them alone.</param>
    /// <param name="amsgrad">
    /// Whether v̂ never becomes smaller (<see href="https://openreview.net/forum?id=ryQu7f-RZ">Reddi et al., 2018</see>).
    /// </param>
    /// <param name="decoupledWeightDecay">Whether weight decay shrinks the parameters themselves, as in <see cref="AdamW"/>, instead of joining the gradient.</param>
    public Adam(
        IEnumerable<Tensor> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8,
        double weightDecay = 0, bool amsgrad = false, bool decoupledWeightDecay = false)
        : base(parameters, learningRate, weightDecay, Share(beta1, nameof(beta1))) => _rule = new(beta2, epsilon, amsgrad, decoupledWeightDecay);

    /// <inheritdoc/>
    protected override (bool Beta2, bool Epsilon) GroupOptions => (true, true);

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters) => _rule.Update(group, parameters);
}
