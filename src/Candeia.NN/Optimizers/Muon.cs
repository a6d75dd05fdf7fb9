namespace Candeia.NN;

/// <summary>
/// Momentum whose matrices are made nearly orthogonal, so that all directions learn alike (<see href="https://kellerjordan.github.io/posts/muon/">Jordan et al., 2024</see>). For the
/// matrices inside a network; embeddings, heads, biases and norms are another optimizer's.
/// </summary>
public sealed class Muon : Optimizer
{
    readonly double _epsilon;
    readonly bool _nesterov, _likeAdam;
    readonly int _steps;

    /// <param name="parameters">What is trained: matrices.</param>
    /// <param name="learningRate">γ, how far each step goes; 0.001 is PyTorch's default, 0.02 usual.</param>
    /// <param name="weightDecay">How strongly parameters are drawn towards zero, decoupled from the gradient.</param>
    /// <param name="momentum">μ, how much of the direction of earlier steps stays.</param>
    /// <param name="nesterov">Whether the step looks ahead.</param>
    /// <param name="epsilon">What a matrix is divided by where it is smaller.</param>
    /// <param name="newtonSchulzSteps">How many steps bring a matrix near to an orthogonal one.</param>
    /// <param name="matchRmsAdamW">Whether steps have the size of AdamW's, so that its learning rate and weight decay can be used.</param>
    /// <exception cref="ArgumentException">A parameter is no matrix.</exception>
    public Muon(
        IEnumerable<Tensor> parameters, double learningRate = 1e-3, double weightDecay = 0.1, double momentum = 0.95, bool nesterov = true, double epsilon = 1e-7,
        int newtonSchulzSteps = 5, bool matchRmsAdamW = false)
        : base(parameters, learningRate, weightDecay, Share(momentum, nameof(momentum)))
    {
        ArgumentOutOfRangeException.ThrowIfNegative(newtonSchulzSteps);
        (_nesterov, _epsilon, _steps, _likeAdam) = (nesterov, Checked(epsilon, nameof(epsilon)), newtonSchulzSteps, matchRmsAdamW);
        foreach (var parameter in Groups[0].Parameters) Refuse(parameter);
    }

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
    {
        double γ = group.LearningRate, μ = group.Momentum;
        foreach (var p in parameters)
        {
            var (θ, g, b) = (p.Parameter, p.Gradient, p.State["momentum_buffer"]);
            Refuse(θ);
            Blend(b, μ, 1 - μ, g);
            var update = Orthogonal(_nesterov ? g * (1 - μ) + b * μ : b);
            double rows = θ.Shape[0], columns = θ.Shape[1], scale = _likeAdam ? 0.2 * Math.Sqrt(Math.Max(rows, columns)) : Math.Sqrt(Math.Max(1, rows / columns));
            Blend(θ, 1 - γ * group.WeightDecay, -γ * scale, update);
        }
    }

    /// <summary>Newton's and Schulz's steps with coefficients that bring all singular values near 1 quickly, if not exactly.</summary>
    Tensor Orthogonal(Tensor x)
    {
        const double A = 3.4445, B = -4.7750, C = 2.0315;
        bool tall = x.Shape[0] > x.Shape[1];
        if (tall) x = x.Transpose(0, 1);
        x /= x.Norm().Clamp(min: _epsilon);
        for (int i = 0; i < _steps; i++)
        {
            var gram = x.MatMul(x.Transpose(0, 1));
            x = x * A + (gram * B + gram.MatMul(gram) * C).MatMul(x);
        }
        return tall ? x.Transpose(0, 1) : x;
    }

    static void Refuse(Tensor parameter)
    {
        if (parameter.Rank != 2) throw new ArgumentException($"Muon trains matrices, not {parameter.Shape}; give embeddings, biases and norms to AdamW.");
    }
}
