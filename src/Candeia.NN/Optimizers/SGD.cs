using System.Runtime.InteropServices;

namespace Candeia.NN;

/// <summary>
/// Gradient descent, with momentum if asked: b ← μ·b + (1 − τ)·g, θ ← θ − γ·b (<see
/// href="https://pytorch.org/docs/stable/generated/torch.optim.SGD.html">PyTorch's form</see>).
/// </summary>
public sealed class SGD : Optimizer
{
    readonly double _dampening;
    readonly bool _nesterov;
    readonly List<Tensor> _gradients = [], _targets = [];                    // used during a step

    /// <param name="parameters">What is trained: <c>model.Parameters()</c>.</param>
    /// <param name="learningRate">γ, how far each step goes: the gradient times this. 0.1 to 0.001 are good starts.</param>
    /// <param name="momentum">μ, how much of the last step's direction stays in this one; 0.9 is usual, 0 is none.</param>
    /// <param name="dampening">τ, how much of the new gradient is left out of the momentum.</param>
    /// <param name="weightDecay">How strongly parameters are drawn towards zero, as an L2 penalty; 0 leaves them alone.</param>
    /// <param name="nesterov">Whether the step looks ahead: θ ← θ − γ·(g + μ·b).</param>
    public SGD(
        IEnumerable<Tensor> parameters, double learningRate = 1e-3, double momentum = 0, double dampening = 0, double weightDecay = 0,
        bool nesterov = false)
        : base(parameters, learningRate, weightDecay, Checked(momentum, nameof(momentum)))
    {
        if (nesterov && (momentum == 0 || dampening != 0)) throw new ArgumentException("Nesterov's form needs a momentum, and no dampening.");
        (_dampening, _nesterov) = (dampening, nesterov);
    }

    /// <inheritdoc/>
    protected override void Update(ParameterGroup group, ReadOnlySpan<Trained> parameters)
    {
        bool remembers = group.Momentum != 0;
        bool IsFirst(Trained p) => remembers && !p.State.Has("momentum_buffer");
        for (int from = 0, to; from < parameters.Length; from = to)
        {
            bool first = IsFirst(parameters[from]);
            for (to = from + 1; to < parameters.Length && parameters[to].GoesWith(parameters[from]) && IsFirst(parameters[to]) == first;) to++;
            foreach (var p in parameters[from..to])
            {
                _gradients.Add(p.Gradient);
                _targets.Add(p.Parameter);
            }
            if (remembers) foreach (var p in parameters[from..to]) _targets.Add(p.State["momentum_buffer"]);
            try
            {
                new SgdStepOp(group.LearningRate)
                {
                    Momentum = group.Momentum, Dampening = _dampening, WeightDecay = group.WeightDecay, Nesterov = _nesterov, IsFirst = first,
                }.Apply(CollectionsMarshal.AsSpan(_gradients), CollectionsMarshal.AsSpan(_targets));
            }
            finally
            {
                _gradients.Clear();
                _targets.Clear();
            }
        }
    }
}
