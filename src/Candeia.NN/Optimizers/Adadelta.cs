namespace Candeia.NN;

/// <summary>
/// Steps whose size follows from those before, with little need for a learning rate: Δ = √(u + ε) / √(v + ε)·g, where v and u are running means of g²
/// and Δ² (<see href="https://arxiv.org/abs/1212.5701">Zeiler, 2012</see>).
/// </summary>
public sealed class Adadelta : Optimizer
{
    readonly double _rho, _epsilon;

    /// <param name="parameters">What is trained: <c>model.Parameters()</c>.</param>
    /// <param name="learningRate">A factor for the steps; 1 is a good start.</param>
    /// <param name="rho">ρ, how much of the past stays in the running means.</param>
    /// <param name="epsilon">ε, added to both means, so that the first steps are not 0.</param>
    /// <param name="weightDecay">How strongly parameters are drawn towards zero, as an L2 penalty; 0 leaves them alone.</param>
    public Adadelta(IEnumerable<Tensor> parameters, double learningRate = 1, double rho = 0.9, double epsilon = 1e-6, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay) => (_rho, _epsilon) = (rho == 1 ? rho : Share(rho, nameof(rho)), Checked(epsilon, nameof(epsilon)));

    /// <inheritdoc/>
    protected override (bool Beta2, bool Epsilon) GroupOptions => (false, true);

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
    {
        foreach (var p in parameters)
        {
            var (θ, g) = (p.Parameter, p.Decayed(group.WeightDecay));
            Tensor v = p.State["square_avg"], u = p.State["acc_delta"];
            Blend(v, _rho, 1 - _rho, g * g);
            var Δ = (u + (group.Epsilon ?? _epsilon)).Sqrt() / (v + (group.Epsilon ?? _epsilon)).Sqrt() * g;
            Blend(u, _rho, 1 - _rho, Δ * Δ);
            Blend(θ, 1, -group.LearningRate, Δ);
        }
    }
}
