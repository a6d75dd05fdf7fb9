namespace Candeia.NN;

/// <summary>
/// Gradients divided by the root of the sum of all their squares: s ← s + g², θ ← θ − γₜ·g / (√s + ε) (<see
/// href="https://jmlr.org/papers/v12/duchi11a.html">Duchi et al., 2011</see>).
/// </summary>
public sealed class Adagrad : Optimizer
{
    readonly double _decay, _initial, _epsilon;

    /// <param name="parameters">What is trained: <c>model.Parameters()</c>.</param>
    /// <param name="learningRate">γ, how far the first steps go; 0.01 is a good start.</param>
    /// <param name="learningRateDecay">η in γₜ = γ / (1 + (t − 1)·η): how fast the learning rate falls.</param>
    /// <param name="weightDecay">How strongly parameters are drawn towards zero, as an L2 penalty; 0 leaves them alone.</param>
    /// <param name="initialAccumulator">What s begins with: the larger, the shorter the first steps.</param>
    /// <param name="epsilon">ε, added to what is divided by, so that it is never 0.</param>
    public Adagrad(
        IEnumerable<Tensor> parameters, double learningRate = 1e-2, double learningRateDecay = 0, double weightDecay = 0,
        double initialAccumulator = 0, double epsilon = 1e-10)
        : base(parameters, learningRate, weightDecay) => 
            (_decay, _initial, _epsilon) = (Checked(learningRateDecay, nameof(learningRateDecay)), Checked(initialAccumulator, nameof(initialAccumulator)), Checked(epsilon, nameof(epsilon)));

    /// <inheritdoc/>
    protected override (bool Beta2, bool Epsilon) GroupOptions => (false, true);

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
    {
        foreach (var p in parameters)
        {
            var (θ, g, s) = (p.Parameter, p.Decayed(group.WeightDecay), p.State["sum", _initial]);
            Blend(s, 1, 1, g * g);
            Blend(θ, 1, -group.LearningRate / (1 + (p.State.Step - 1) * _decay), g / (s.Sqrt() + (group.Epsilon ?? _epsilon)));
        }
    }
}
