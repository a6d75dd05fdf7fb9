using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Computes outputs and gradients in one floating-point type, and keeps and updates the parameters in the one that they have
/// (<see href="https://arxiv.org/abs/1710.03740">Micikevicius et al., 2017</see>).
/// </summary>
/// <remarks>
/// bfloat16 and float16 halve what activations and their gradients take; arithmetic is that of float32, on some parts of a tensor at a time, which saves no time on
/// the CPU. Losses and the running moments of normalizations stay in float32, and so do targets.
/// <para>
/// Small gradients would become zero in float16, which bfloat16 and float32 keep. So with float16 the loss is multiplied by a <see cref="Scale"/> before the gradients are
/// computed, which are divided by it afterwards. Where that was too much, so that a gradient is no number any more, the update is left out and the scale halved; after
/// <paramref name="growAfter"/> updates in a row it is doubled again. To know of it, each step waits for its gradients. Name it before <see cref="ClipGradNorm"/>, which
/// else measures gradients that are not used.
/// </para>
/// </remarks>
/// <param name="compute">The type to compute in.</param>
/// <param name="scale">By what a loss is multiplied at first where the type is float16, from 1 to 32 768, which is the most that float16 has room for.</param>
/// <param name="growAfter">After how many good updates in a row the scale is doubled.</param>
/// <example><code>
/// var learner = new Linear(4, 1).Setup((y, target) => y.MseLoss(target), p => new Adam(p)).With(new MixedPrecision(DType.BFloat16));
/// </code></example>
public sealed class MixedPrecision(DType compute = DType.Float32, double scale = 32_768, int growAfter = 2000) : Callback, IResumable
{
    const double Largest = 32_768;

    readonly DType _compute = compute.IsFloatingPoint() ? compute : throw new ArgumentException($"Networks compute with floating-point numbers, not {compute}.", nameof(compute));
    readonly double _first = scale is >= 1 and <= Largest ? scale : throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale of a loss lies between 1 and 32 768.");
    readonly int _growAfter = growAfter > 0 ? growAfter : throw new ArgumentOutOfRangeException(nameof(growAfter), growAfter, "The scale grows after one good update at least.");
    int _good;

    /// <summary>By what losses are multiplied at the moment; 1 where the type needs none of it.</summary>
    public double Scale { get; private set; } = compute == DType.Float16 ? scale : 1;

    bool Scales => _compute == DType.Float16;

    /// <inheritdoc/>
    public override void On(RunBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (Scales && e.Run.IsFit && e.Run.Epoch == 0) (Scale, _good) = (_first, 0);
    }

    /// <summary>Leaves an update out whose gradients have become too large for the type.</summary>
    /// <inheritdoc/>
    public override void On(GradientsReady e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (!Scales || e.Run.Model.Parameters() is not [var first, ..] || first.DType == _compute) return;
        var parameters = e.Optimizer.Groups.SelectMany(g => g.Parameters);
        using var scope = Scope.Begin();
        if (double.IsFinite(parameters.GradNorm(double.PositiveInfinity).Item()))
        {
            if (++_good % _growAfter == 0) Scale = Math.Min(Largest, 2 * Scale);
            return;
        }
        foreach (var parameter in parameters) parameter.Grad = null;
        (Scale, _good) = (Math.Max(1, Scale / 2), 0);
    }

    /// <inheritdoc/>
    public override StepResult Around(StepContext context, Step step)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(step);
        if (context.Model.Parameters() is not [var first, ..] || first.DType == _compute) return step(context);
        var backward = context.Backward;
        var loss = context.Loss;
        Dictionary<Tensor, Tensor> lowered = [];                             // to what they were
        StandIns? standIns = Lower(context);
        try
        {
            return step(context with
            {
                Items = context.Items.Map(Cast),
                Loss = (output, target) => loss(Wide(output), Wide(lowered.GetValueOrDefault(target, target))),
                Backward = forward =>
                {
                    standIns ??= Lower(context);
                    var before = standIns.TakeGradients();
                    Tensor? plain = null;
                    var value = backward(!Scales ? forward : () =>
                    {
                        plain = forward();
                        return plain.To(DType.Float32) * Scale;
                    });
                    Raise();
                    using var _ = Autograd.NoGrad();
                    if (Scales)
                        foreach (var parameter in Parameters(context))
                            if (parameter.Grad is { } scaled) parameter.Grad = (scaled / Scale).Keep();
                    foreach (var (parameter, gradient) in before) parameter.Grad = parameter.Grad is { } added ? (gradient + added).Keep() : gradient;
                    return plain ?? value;
                },
            });
        }
        finally
        {
            Raise();
        }

        Tensor Cast(Tensor x)
        {
            if (!x.DType.IsFloatingPoint() || x.DType == _compute) return x;
            var y = x.To(_compute);
            lowered[y] = x;
            return y;
        }

        void Raise()
        {
            standIns?.End();
            standIns = null;
        }
    }

    /// <summary>What losses are computed in.</summary>
    Tensor Wide(Tensor x) => x.DType.IsFloatingPoint() ? x.To(_compute.Wide()) : x;

    StandIns Lower(StepContext context) =>
        context.Run.Ledger.LossModule is { } loss ? new((context.Model, _compute), (loss, _compute.Wide())) : new((context.Model, _compute));

    static IEnumerable<Tensor> Parameters(StepContext context) =>
        context.Run.Ledger.LossModule is { } loss ? context.Model.Parameters().Concat(loss.Parameters()) : context.Model.Parameters();

    /// <inheritdoc/>
    public void Save(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (Scales) state.Set("scale", Scale).Set("good", _good);
    }

    /// <inheritdoc/>
    public void Restore(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (Scales) (Scale, _good) = (state.Number("scale"), (int)state.Integer("good"));
    }
}
