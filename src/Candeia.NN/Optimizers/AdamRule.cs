namespace Candeia.NN;

/// <summary>What <see cref="Adam"/> and <see cref="AdamW"/> do.</summary>
internal sealed record AdamRule
{
    readonly double _beta2, _epsilon;
    readonly bool _amsgrad, _decoupled;

    public AdamRule(double beta2, double epsilon, bool amsgrad, bool decoupled)
    {
        if (beta2 is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(beta2), beta2, "β₂ lies in [0, 1).");
        (_beta2, _epsilon, _amsgrad, _decoupled) = (beta2, epsilon, amsgrad, decoupled);
    }

    public void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
    {
        double γ = group.LearningRate, β1 = group.Momentum, β2 = _beta2, λ = group.WeightDecay;
        foreach (var p in parameters)
        {
            var θ = p.Parameter;
            var g = _decoupled ? p.Gradient : p.Decayed(λ);
            if (_decoupled && λ != 0) θ.CopyFrom(θ * (1 - γ * λ));
            Tensor m = p.State["exp_avg"], v = p.State["exp_avg_sq"];
            int t = p.State.Step;
            m.CopyFrom(m + (g - m) * (1 - β1));
            v.CopyFrom(v * β2 + g * g * (1 - β2));
            if (_amsgrad) v = p.State["max_exp_avg_sq"].CopyFrom(v.Maximum(p.State["max_exp_avg_sq"]));
            var scale = v.Sqrt() / Math.Sqrt(1 - Math.Pow(β2, t)) + _epsilon;
            θ.CopyFrom(θ - γ / (1 - Math.Pow(β1, t)) * m / scale);
        }
    }
}
