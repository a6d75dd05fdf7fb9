using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Computes outputs and gradients in one floating-point type, and keeps and updates the parameters in the one that they have
/// (<see href="https://arxiv.org/abs/1710.03740">Micikevicius et al., 2017</see>).
/// </summary>
/// <remarks>
/// bfloat16 and float16 halve what activations and their gradients take; arithmetic is that of float32, on some parts of a tensor at a time, which saves no time on
/// the CPU. Losses and the running moments of normalizations stay in float32, and so do targets. Losses are not scaled: small gradients become zero in float16, in
/// bfloat16 and float32 they do not.
/// </remarks>
/// <param name="compute">The type to compute in.</param>
/// <example><code>
/// var learner = new Linear(4, 1).Setup((y, target) => y.MseLoss(target), p => new Adam(p)).With(new MixedPrecision(DType.BFloat16));
/// </code></example>
public sealed class MixedPrecision(DType compute = DType.Float32) : Callback
{
    readonly DType _compute = compute.IsFloatingPoint() ? compute : throw new ArgumentException($"Networks compute with floating-point numbers, not {compute}.", nameof(compute));

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
                    var value = backward(forward);
                    Raise();
                    using var _ = Autograd.NoGrad();
                    foreach (var (parameter, gradient) in before) parameter.Grad = parameter.Grad is { } added ? (gradient + added).Keep() : gradient;
                    return value;
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
}
