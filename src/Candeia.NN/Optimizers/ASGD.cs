namespace Candeia.NN;

/// <summary>
/// Gradient descent whose parameters are also averaged over the steps (<see href="https://dl.acm.org/doi/10.1137/0330046">Polyak and Juditsky,
/// 1992</see>). The average is in the state dict, as <c>ax</c>.
/// </summary>
public sealed class ASGD : Optimizer
{
    readonly double _lambda, _alpha, _start;

    /// <param name="parameters">What is trained: <c>model.Parameters()</c>.</param>
    /// <param name="learningRate">γ, how far the first steps go; 0.01 is a good start.</param>
    /// <param name="lambda">λ in ηₜ = γ / (1 + λγt)^α: how fast steps become shorter.</param>
    /// <param name="alpha">α in that formula: how far they become shorter.</param>
    /// <param name="start">The step from which on the average is taken.</param>
    /// <param name="weightDecay">How strongly parameters are drawn towards zero, as an L2 penalty; 0 leaves them alone.</param>
    public ASGD(
        IEnumerable<Tensor> parameters, double learningRate = 1e-2, double lambda = 1e-4, double alpha = 0.75, double start = 1e6,
        double weightDecay = 0)
        : base(parameters, learningRate, weightDecay) => (_lambda, _alpha, _start) = (lambda, alpha, start);

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
    {
        double γ = group.LearningRate;
        foreach (var p in parameters)
        {
            var (θ, g, mean, t) = (p.Parameter, p.Decayed(group.WeightDecay), p.State["ax"], p.State.Step);
            double η = p.State.Number("eta", γ), μ = p.State.Number("mu", 1);
            Blend(θ, 1 - _lambda * η, -η, g);
            Blend(mean, 1 - μ, μ, θ);
            p.State.Set("eta", γ / PortableMath.Power(1 + _lambda * γ * t, _alpha));
            p.State.Set("mu", 1 / Math.Max(1, t - _start));
        }
    }
}
