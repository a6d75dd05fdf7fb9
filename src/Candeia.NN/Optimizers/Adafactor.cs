namespace Candeia.NN;

/// <summary>
/// Adam's measure of the gradients' size in the memory of a row and a column instead of a matrix, and steps relative to the size of the parameters
/// (<see href="https://arxiv.org/abs/1804.04235">Shazeer and Stern, 2018</see>; <see href="https://pytorch.org/docs/stable/generated/torch.optim.Adafactor.html">PyTorch's form</see>).
/// </summary>
public sealed class Adafactor : Optimizer
{
    readonly double _beta2Decay, _epsilon2, _clip;
    readonly double? _epsilon1;

    /// <param name="parameters">What is trained: <c>model.Parameters()</c>.</param>
    /// <param name="learningRate">γ, the largest step relative to a parameter's size; 0.01 is a good start.</param>
    /// <param name="beta2Decay">τ in 1 − β₂ = t^τ: how soon old gradients are forgotten.</param>
    /// <param name="epsilon1">The least measure of size; the smallest step of the type, if not given.</param>
    /// <param name="epsilon2">The least size of a parameter, so that zeros move too.</param>
    /// <param name="clip">d, how long an update may be, as a multiple of its usual length.</param>
    /// <param name="weightDecay">How strongly parameters are drawn towards zero, decoupled from the gradient.</param>
    public Adafactor(
        IEnumerable<Tensor> parameters, double learningRate = 1e-2, double beta2Decay = -0.8, double? epsilon1 = null, double epsilon2 = 1e-3, double clip = 1, double weightDecay = 0)
        : base(parameters, learningRate, weightDecay)
    {
        if (!(beta2Decay <= 0)) throw new ArgumentOutOfRangeException(nameof(beta2Decay), beta2Decay, "The exponent by which gradients are forgotten is at most 0.");
        if (!(clip >= 1)) throw new ArgumentOutOfRangeException(nameof(clip), clip, "Updates are clipped at their usual length or above.");
        (_beta2Decay, _epsilon1, _epsilon2, _clip) = (beta2Decay, epsilon1 is { } e ? Checked(e, nameof(epsilon1)) : null, Checked(epsilon2, nameof(epsilon2)), clip);
    }

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
    {
        foreach (var p in parameters)
        {
            var (θ, g, t) = (p.Parameter, p.Gradient, p.State.Step);
            double share = PortableMath.Power((double)t, _beta2Decay), ρ = Math.Min(group.LearningRate, 1 / Math.Sqrt(t)), ε = _epsilon1 ?? Finfo.Of(θ.DType).Eps, root = Math.Sqrt(θ.Numel);
            var α = (θ.Detach().Norm() / root).Clamp(min: _epsilon2) * ρ;
            if (group.WeightDecay != 0) θ.CopyFrom(θ * (1 - group.LearningRate * group.WeightDecay));
            Tensor size;
            if (g.Rank > 1)
            {
                Tensor row = Mean(p, "row_var", -1), column = Mean(p, "col_var", -2);
                Blend(row, 1 - share, share, g.Square().Mean([-1], keepDim: true));
                Blend(column, 1 - share, share, g.Square().Mean([-2], keepDim: true));
                size = row * column / row.Mean([-2], keepDim: true).Clamp(min: ε);
            }
            else
            {
                size = p.State["variance"];
                Blend(size, 1 - share, share, g.Square());
            }
            var update = size.Clamp(min: ε * ε).Rsqrt() * g;
            θ.CopyFrom(θ - update * (α / (update.Norm() / (root * _clip)).Clamp(min: 1)));
        }
    }

    static Tensor Mean(Trained p, string name, int dim)
    {
        if (!p.State.Has(name)) p.State.Put(name, Tensor.Zeros([.. p.Parameter.Shape.Select((s, d) => d == p.Parameter.Rank + dim ? 1 : s)], p.Parameter.DType));
        return p.State[name];
    }

    private protected override bool Fits(Tensor value, Tensor parameter) =>
        value.Shape == parameter.Shape || value.Rank == parameter.Rank && value.Shape.Zip(parameter.Shape).All(s => s.First == s.Second || s.First == 1);
}
