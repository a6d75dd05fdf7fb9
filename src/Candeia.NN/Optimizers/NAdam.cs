namespace Candeia.NN;

/// <summary>
/// <see cref="Adam"/> with Nesterov's look ahead, and a momentum that grows towards β₁ (<see
/// href="https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ">Dozat, 2016</see>).
/// </summary>
public sealed class NAdam : Optimizer
{
    readonly bool _decoupled;
    readonly double _beta2, _epsilon, _momentumDecay;

    /// <param name="parameters">What is trained: <c>model.Parameters()</c>.</param>
    /// <param name="learningRate">γ, how far each step goes; 0.002 is a good start.</param>
    /// <param name="beta1">β₁, how much of the direction of earlier steps stays; the group's momentum.</param>
    /// <param name="beta2">β₂, how slowly the measure of the gradients' size changes.</param>
    /// <param name="epsilon">ε, added to what is divided by, so that it is never 0.</param>
    /// <param name="weightDecay">How strongly parameters are drawn towards zero, as an L2 penalty; 0 leaves them alone.</param>
    /// <param name="momentumDecay">ψ in μₜ = β₁·(1 − 0.96^(t·ψ) / 2).</param>
    /// <param name="decoupledWeightDecay">Whether weight decay shrinks the parameters themselves, as in <see cref="AdamW"/>, instead of joining the gradient.</param>
    public NAdam(
        IEnumerable<Tensor> parameters, double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8,
        double weightDecay = 0, double momentumDecay = 4e-3, bool decoupledWeightDecay = false)
        : base(parameters, learningRate, weightDecay, Share(beta1, nameof(beta1))) =>
            (_decoupled, _beta2, _epsilon, _momentumDecay) = (decoupledWeightDecay, Share(beta2, nameof(beta2)), Checked(epsilon, nameof(epsilon)), Checked(momentumDecay, nameof(momentumDecay)));

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
            double μ = Momentum(t), μNext = Momentum(t + 1), product = p.State.Number("mu_product", 1) * μ;
            p.State.Set("mu_product", product);
            Tensor m = p.State["exp_avg"], v = p.State["exp_avg_sq"];
            Blend(m, β1, 1 - β1, g);
            Blend(v, β2, 1 - β2, g * g);
            var scale = (v / (1 - PortableMath.Power(β2, t))).Sqrt() + (group.Epsilon ?? _epsilon);
            Blend(θ, keep, -γ, ((1 - μ) / (1 - product) * g + μNext / (1 - product * μNext) * m) / scale);
        }

        double Momentum(int t) => β1 * (1 - 0.5 * PortableMath.Power(0.96, t * _momentumDecay));
    }
}
