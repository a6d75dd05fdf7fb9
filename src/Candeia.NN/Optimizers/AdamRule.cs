using System.Runtime.InteropServices;

namespace Candeia.NN;

/// <summary>What <see cref="Adam"/> and <see cref="AdamW"/> do.</summary>
internal sealed class AdamRule
{
    readonly double _beta2, _epsilon;
    readonly bool _amsgrad, _decoupled;
    readonly List<Tensor> _gradients = [], _targets = [];                    // used during a step

    public AdamRule(double beta2, double epsilon, bool amsgrad, bool decoupled)
    {
        (_beta2, _epsilon) = (Optimizer.Share(beta2, nameof(beta2)), Optimizer.Checked(epsilon, nameof(epsilon)));
        (_amsgrad, _decoupled) = (amsgrad, decoupled);
    }

    public void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
    {
        for (int from = 0, to; from < parameters.Length; from = to)
        {
            for (to = from + 1; to < parameters.Length && parameters[to].GoesWith(parameters[from]);) to++;
            Update(group, parameters[from].State.Step, parameters[from..to]);
        }
    }

    /// <summary>All parameters that have made as many steps, at once.</summary>
    void Update(ParameterGroup group, int step, ReadOnlySpan<Trained> parameters)
    {
        foreach (var p in parameters)
        {
            _gradients.Add(p.Gradient);
            _targets.Add(p.Parameter);
        }
        foreach (var p in parameters) _targets.Add(p.State["exp_avg"]);
        foreach (var p in parameters) _targets.Add(p.State["exp_avg_sq"]);
        if (_amsgrad) foreach (var p in parameters) _targets.Add(p.State["max_exp_avg_sq"]);
        try
        {
            new AdamStepOp(group.LearningRate, group.Momentum, (group.Beta2 ?? _beta2), (group.Epsilon ?? _epsilon), step)
            {
                WeightDecay = group.WeightDecay, Decoupled = _decoupled, Amsgrad = _amsgrad,
            }.Apply(CollectionsMarshal.AsSpan(_gradients), CollectionsMarshal.AsSpan(_targets));
        }
        finally
        {
            _gradients.Clear();
            _targets.Clear();
        }
    }
}
