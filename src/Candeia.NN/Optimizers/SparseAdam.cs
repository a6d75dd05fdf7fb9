namespace Candeia.NN;

/// <summary>
/// Adam for tables of which a batch uses a few rows, such as embeddings: a row whose gradient is zero everywhere stays as it is, and so do its
/// averages. The steps are those of PyTorch's <c>SparseAdam</c>, which is told of the rows by sparse gradients.
/// </summary>
/// <remarks>Rows are indices of the first dimension. A row that was used, but whose gradient is exactly zero, counts as not used.</remarks>
public sealed class SparseAdam : Optimizer
{
    readonly double _beta2, _epsilon;

    /// <param name="parameters">What is trained: <c>embedding.Parameters()</c>; of at least one dimension each.</param>
    /// <param name="learningRate">γ, how far each step goes; 0.001 is a good start.</param>
    /// <param name="beta1">β₁, how much of the direction of earlier steps stays; the group's momentum.</param>
    /// <param name="beta2">β₂, how slowly the measure of the gradients' size changes.</param>
    /// <param name="epsilon">ε, added to what is divided by, so that it is never 0.</param>
    public SparseAdam(IEnumerable<Tensor> parameters, double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8)
        : base(parameters, learningRate, weightDecay: 0, Share(beta1, nameof(beta1))) => (_beta2, _epsilon) = (Share(beta2, nameof(beta2)), Checked(epsilon, nameof(epsilon)));

    /// <inheritdoc/>
    protected override (bool Beta2, bool Epsilon) GroupOptions => (true, true);

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
    {
        double β1 = group.Momentum, β2 = group.Beta2 ?? _beta2, ε = group.Epsilon ?? _epsilon;
        foreach (var (θ, g, state) in parameters)
        {
            Tensor m = state["exp_avg"], v = state["exp_avg_sq"], used = Used(g);
            m.CopyFrom(used.Where(m + (1 - β1) * (g - m), m));
            v.CopyFrom(used.Where(v + (1 - β2) * (g * g - v), v));
            double size = group.LearningRate * Math.Sqrt(1 - PortableMath.Power(β2, state.Step)) / (1 - PortableMath.Power(β1, state.Step));
            θ.CopyFrom(used.Where(θ - size * m / (v.Sqrt() + ε), θ));
        }
    }

    /// <summary>Which rows have a gradient, in a shape that stretches to all.</summary>
    static Tensor Used(Tensor g)
    {
        if (g.Rank < 2) return g.Ne(0);
        int[] others = [.. Enumerable.Range(1, g.Rank - 1)];
        return g.Ne(0).Any(others, keepDim: true);
    }
}
