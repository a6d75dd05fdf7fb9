namespace Candeia.NN;

/// <summary>
/// Steps of one length, in the direction of the sign of a momentum: θ ← θ − γ·(sign(β₁m + (1 − β₁)g) + λθ), m ← β₂m + (1 − β₂)g (<see
/// href="https://arxiv.org/abs/2302.06675">Chen et al., 2023</see>).
/// </summary>
public sealed class Lion : Optimizer
{
    readonly double _beta2;

    /// <param name="parameters">What is trained: <c>model.Parameters()</c>.</param>
    /// <param name="learningRate">γ, how far each step goes: three to ten times less than with <see cref="AdamW"/>.</param>
    /// <param name="beta1">β₁, how much of the direction of earlier steps stays in this one; the group's momentum.</param>
    /// <param name="beta2">β₂, how slowly the remembered direction changes.</param>
    /// <param name="weightDecay">
    /// λ, how strongly parameters are drawn towards zero, decoupled: three to ten times more than with <see cref="AdamW"/>.
    /// </param>
    public Lion(IEnumerable<Tensor> parameters, double learningRate = 1e-4, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay, Share(beta1, nameof(beta1))) => _beta2 = Share(beta2, nameof(beta2));

    /// <inheritdoc/>
    protected override (bool Beta2, bool Epsilon) GroupOptions => (true, false);

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
    {
        double γ = group.LearningRate, β1 = group.Momentum;
        foreach (var p in parameters)
        {
            var (θ, g, m) = (p.Parameter, p.Gradient, p.State["exp_avg"]);
            Blend(θ, 1 - γ * group.WeightDecay, -γ, (β1 * m + (1 - β1) * g).Sign());
            Blend(m, (group.Beta2 ?? _beta2), 1 - (group.Beta2 ?? _beta2), g);
        }
    }
}
