namespace Candeia.NN;

/// <summary>
/// <see cref="Adam"/> that corrects for the large variance of v in the first steps, and does without it until it is known (<see
/// href="https://arxiv.org/abs/1908.03265">Liu et al., 2019</see>).
/// </summary>
public sealed class RAdam : Optimizer
{
    readonly bool _decoupled;
    readonly double _beta2, _epsilon;

    /// <param name="parameters">What is trained: <c>model.Parameters()</c>.</param>
    /// <param name="learningRate">γ, how far each step goes; 0.001 is a good start.</param>
    /// <param name="beta1">β₁, how much of the direction of earlier steps stays; the group's momentum.</param>
    /// <param name="beta2">β₂, how slowly the measure of the gradients' size changes.</param>
    /// <param name="epsilon">ε, added to what is divided by, so that it is never 0.</param>
    /// <param name="weightDecay">How strongly parameters are drawn towards zero, as an L2 penalty; 0 leaves them alone.</param>
    /// <param name="decoupledWeightDecay">Whether weight decay shrinks the parameters themselves, as in <see cref="AdamW"/>, instead of joining the gradient.</param>
    public RAdam(
        IEnumerable<Tensor> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8,
        double weightDecay = 0, bool decoupledWeightDecay = false)
        : base(parameters, learningRate, weightDecay, Share(beta1, nameof(beta1))) =>
            (_decoupled, _beta2, _epsilon) = (decoupledWeightDecay, Share(beta2, nameof(beta2)), Checked(epsilon, nameof(epsilon)));

    /// <inheritdoc/>
    protected override (bool Beta2, bool Epsilon) GroupOptions => (true, true);

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
    {
        double γ = group.LearningRate, β1 = group.Momentum, β2 = (group.Beta2 ?? _beta2);
        double keep = _decoupled ? 1 - γ * group.WeightDecay : 1;
        foreach (var p in parameters)
        {
            var (θ, g, t) = (p.Parameter, _decoupled ? p.Gradient : p.Decayed(group.WeightDecay), p.State.Step);
            Tensor m = p.State["exp_avg"], v = p.State["exp_avg_sq"];
            Blend(m, β1, 1 - β1, g);
            Blend(v, β2, 1 - β2, g * g);
            double bias = 1 - PortableMath.Power(β2, t), ρMax = 2 / (1 - β2) - 1, ρ = ρMax - 2 * t * (1 - bias) / bias;
            double size = γ / (1 - PortableMath.Power(β1, t)), rectified = Math.Sqrt(bias * (ρ - 4) * (ρ - 2) * ρMax / ((ρMax - 4) * (ρMax - 2) * ρ));
            if (ρ > 5) Blend(θ, keep, -size * rectified, m / (v.Sqrt() + (group.Epsilon ?? _epsilon)));
            else Blend(θ, keep, -size, m);
        }
    }
}
