using Candeia.Kernels;

namespace Candeia.NN;

/// <summary>
/// Gradient descent, with momentum if asked: b ← μ·b + (1 − τ)·g, θ ← θ − γ·b (<see
/// href="https://pytorch.org/docs/stable/generated/torch.optim.SGD.html">PyTorch's form</see>).
/// </summary>
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
        foreach (var p in parameters)
            if (!TryInOnePass(group, p)) Plain(group, p);
    }

    /// <summary>One pass over memory, where that is on the CPU and in the same order for all.</summary>
    unsafe bool TryInOnePass(ParameterGroup group, Trained p)
    {
        if (!p.IsInOneOrder) return false;
        Tensor θ = p.Parameter, g = p.Gradient;
        bool first = !p.State.Has("momentum_buffer");
        var b = group.Momentum != 0 ? p.State["momentum_buffer"] : null;
        var update = new SgdUpdate
        {
            LearningRate = group.LearningRate, Momentum = group.Momentum, Dampening = _dampening, WeightDecay = group.WeightDecay, Nesterov = _nesterov, First = first,
        };
        foreach (var written in new[] { θ, b }) written?.BeginWrite();
        nint count = checked((nint)θ.Numel);
        if (θ.DType == DType.Float32) update.Run(θ.Pointer<float>(), g.Pointer<float>(), b is null ? null : b.Pointer<float>(), count);
        else update.Run(θ.Pointer<double>(), g.Pointer<double>(), b is null ? null : b.Pointer<double>(), count);
        GC.KeepAlive(g);
        return true;
    }

    void Plain(ParameterGroup group, Trained p)
    {
        double γ = group.LearningRate, μ = group.Momentum;
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
