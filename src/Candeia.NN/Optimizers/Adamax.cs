namespace Candeia.NN;

/// <summary>
/// <see cref="Adam"/> with the largest recent gradient in place of the root mean square: u ← max(β₂u, |g| + ε), θ ← θ − γ·m̂ / u (<see
/// href="https://arxiv.org/abs/1412.6980">Kingma and Ba, 2014</see>).
/// </summary>
public sealed class Adamax : Optimizer
{
    readonly double _beta2, _epsilon;

    /// <param name="parameters">What is trained: <c>model.Parameters()</c>.</param>
    /// <param name="learningRate">γ, how far each step goes; 0.002 is a good start.</param>
    /// <param name="beta1">β₁, how much of the direction of earlier steps stays; the group's momentum.</param>
    /// <param name="beta2">β₂, how slowly a large gradient is forgotten.</param>
    /// <param name="epsilon">ε, added to what is divided by, so that it is never 0.</param>
    /// <param name="weightDecay">How strongly parameters are drawn towards zero, as an L2 penalty; 0 leaves them alone.</param>
    public Adamax(
        IEnumerable<Tensor> parameters, double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8,
        double weightDecay = 0)
        : base(parameters, learningRate, weightDecay, Share(beta1, nameof(beta1))) => (_beta2, _epsilon) = (Share(beta2, nameof(beta2)), Checked(epsilon, nameof(epsilon)));

    /// <inheritdoc/>
    protected override (bool Beta2, bool Epsilon) GroupOptions => (true, true);

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
    {
        double β1 = group.Momentum;
        foreach (var p in parameters)
        {
            var (θ, g) = (p.Parameter, p.Decayed(group.WeightDecay));
            Tensor m = p.State["exp_avg"], u = p.State["exp_inf"];
            Blend(m, β1, 1 - β1, g);
            u.CopyFrom(((group.Beta2 ?? _beta2) * u).Maximum(g.Abs() + (group.Epsilon ?? _epsilon)));
            Blend(θ, 1, -group.LearningRate / (1 - PortableMath.Power(β1, p.State.Step)), m / u);
        }
    }
}
