namespace Candeia.NN;

/// <summary>Gradient descent, with momentum if asked: b ← μ·b + (1 − τ)·g, θ ← θ − γ·b (<see href="https://pytorch.org/docs/stable/generated/torch.optim.SGD.html">PyTorch's form</see>).</summary>
public sealed class SGD : Optimizer
{
    readonly double _dampening;
    readonly bool _nesterov;

    /// <param name="parameters">What is trained.</param>
    /// <param name="learningRate">γ.</param>
    /// <param name="momentum">μ.</param>
    /// <param name="dampening">τ.</param>
    /// <param name="weightDecay">An L2 penalty.</param>
    /// <param name="nesterov">Whether the step looks ahead: θ ← θ − γ·(g + μ·b).</param>
    public SGD(IEnumerable<Tensor> parameters, double learningRate = 1e-3, double momentum = 0, double dampening = 0, double weightDecay = 0, bool nesterov = false)
        : base(parameters, learningRate, weightDecay, Checked(momentum, nameof(momentum)))
    {
        if (nesterov && (momentum == 0 || dampening != 0)) throw new ArgumentException("Nesterov's form needs a momentum, and no dampening.");
        (_dampening, _nesterov) = (dampening, nesterov);
    }

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
    {
        double γ = group.LearningRate, μ = group.Momentum;
        foreach (var p in parameters)
        {
            var (θ, g) = (p.Parameter, p.Decayed(group.WeightDecay));
            if (μ != 0)
            {
                bool first = !p.State.Has("momentum_buffer");
                var b = p.State["momentum_buffer"];
                b.CopyFrom(first ? g : μ * b + (1 - _dampening) * g);
                g = _nesterov ? g + μ * b : b;
            }
            θ.CopyFrom(θ - γ * g);
        }
    }
}
