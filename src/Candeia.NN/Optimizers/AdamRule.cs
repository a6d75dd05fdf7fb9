using Candeia.Kernels;

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
        foreach (var p in parameters)
            if (!TryInOnePass(group, p)) Plain(group, p);
    }

    /// <summary>One pass over memory, where that is on the CPU and in the same order for all.</summary>
    unsafe bool TryInOnePass(ParameterGroup group, Trained p)
    {
        if (!p.IsInOneOrder) return false;
        Tensor θ = p.Parameter, g = p.Gradient;
        Tensor m = p.State["exp_avg"], v = p.State["exp_avg_sq"];
        var most = _amsgrad ? p.State["max_exp_avg_sq"] : null;
        var update = new AdamUpdate
        {
            LearningRate = group.LearningRate, Beta1 = group.Momentum, Beta2 = _beta2, Epsilon = _epsilon,
            WeightDecay = group.WeightDecay, Decoupled = _decoupled, Step = p.State.Step,
        };
        θ.BeginWrite();
        m.BeginWrite();
        v.BeginWrite();
        most?.BeginWrite();
        nint count = checked((nint)θ.Numel);
        if (θ.DType == DType.Float32) update.Run(θ.Pointer<float>(), g.Pointer<float>(), m.Pointer<float>(), v.Pointer<float>(), most is null ? null : most.Pointer<float>(), count);
        else update.Run(θ.Pointer<double>(), g.Pointer<double>(), m.Pointer<double>(), v.Pointer<double>(), most is null ? null : most.Pointer<double>(), count);
        GC.KeepAlive(g);
        return true;
    }

    void Plain(ParameterGroup group, Trained p)
    {
        double γ = group.LearningRate, β1 = group.Momentum, β2 = _beta2, λ = group.WeightDecay;
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
