namespace Candeia.NN;

/// <summary>
/// Gradients divided by a running mean of their size: v ← αv + (1 − α)g², θ ← θ − γ·g / (√v + ε)
/// (<see href="https://pytorch.org/docs/stable/generated/torch.optim.RMSprop.html">Hinton, 2012, in PyTorch's form</see>).
/// </summary>
public sealed class RMSprop : Optimizer
{
    readonly double _alpha, _epsilon;
    readonly bool _centered;

    /// <param name="parameters">What is trained: <c>model.Parameters()</c>.</param>
    /// <param name="learningRate">γ, how far each step goes; 0.01 is a good start.</param>
    /// <param name="alpha">α, how slowly the measure of the gradients' size changes.</param>
    /// <param name="epsilon">ε, added to what is divided by, so that it is never 0.</param>
    /// <param name="weightDecay">How strongly parameters are drawn towards zero, as an L2 penalty; 0 leaves them alone.</param>
    /// <param name="momentum">How much of the last step stays in this one; 0 is none.</param>
    /// <param name="centered">Whether v is an estimate of the variance: the mean is subtracted.</param>
    public RMSprop(
        IEnumerable<Tensor> parameters, double learningRate = 1e-2, double alpha = 0.99, double epsilon = 1e-8, double weightDecay = 0,
        double momentum = 0, bool centered = false)
        : base(parameters, learningRate, weightDecay, Checked(momentum, nameof(momentum))) => 
            (_alpha, _epsilon, _centered) = (Checked(alpha, nameof(alpha)), Checked(epsilon, nameof(epsilon)), centered);

    /// <inheritdoc/>
    protected override (bool Beta2, bool Epsilon) GroupOptions => (false, true);

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
    {
        foreach (var p in parameters)
        {
            var (θ, g, v) = (p.Parameter, p.Decayed(group.WeightDecay), p.State["square_avg"]);
            Blend(v, _alpha, 1 - _alpha, g * g);
            var variance = v;
            if (_centered)
            {
                var mean = p.State["grad_avg"];
                Blend(mean, _alpha, 1 - _alpha, g);
                variance = v - mean * mean;
            }
            var step = g / (variance.Sqrt() + (group.Epsilon ?? _epsilon));
            if (group.Momentum > 0)
            {
                var buffer = p.State["momentum_buffer"];
                Blend(buffer, group.Momentum, 1, step);
                step = buffer;
            }
            Blend(θ, 1, -group.LearningRate, step);
        }
    }
}
