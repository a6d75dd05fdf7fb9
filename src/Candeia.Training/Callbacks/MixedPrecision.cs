using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Computes outputs, losses and gradients in one floating-point type, and keeps and updates the parameters in the one that they have
/// (<see href="https://arxiv.org/abs/1710.03740">Micikevicius et al., 2017</see>).
/// </summary>
/// <remarks>
/// bfloat16 and float16 halve what activations and gradients take; on the CPU they are computed with in float32 and rounded, which saves no time.
/// <para>
/// Small gradients would become zero in float16, which bfloat16 and float32 keep. So a loss in float16 is multiplied by a <see cref="Scale"/> before the gradients are computed, which are divided by it
/// afterwards. Where that was too much, so that a gradient is no number any more, the update is left out and the scale halved; after <paramref name="growAfter"/> updates in a row it is doubled again. To know of it, each step
/// waits for its gradients. Name it before <see cref="ClipGradNorm"/>, which else measures gradients that are not used.
/// </para>
/// </remarks>
/// <param name="compute">The type to compute in.</param>
/// <param name="scale">By what a loss in float16 is multiplied at first, from 1 to 32 768, which is the most that float16 has room for.</param>
/// <param name="growAfter">After how many good updates in a row the scale is doubled.</param>
public sealed class MixedPrecision(DType compute = DType.Float32, double scale = 32_768, int growAfter = 2000) : Callback, IResumable
{
    const double Largest = 32_768;


    readonly DType _compute = compute.IsFloatingPoint() ? compute : throw new ArgumentException($"Networks compute with floating-point numbers, not {compute}.", nameof(compute));
    readonly double _first = scale is >= 1 and <= Largest ? scale : throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale of a loss lies between 1 and 32 768.");
    readonly int _growAfter = growAfter > 0 ? growAfter : throw new ArgumentOutOfRangeException(nameof(growAfter), growAfter, "The scale grows after one good update at least.");
    int _good;
    (Tensor Parameter, Tensor Values)[]? _masters;
    (Tensor Parameter, Tensor Gradient, Tensor Lowered)[] _gradients = [];
    (Module Module, DType Own)[] _modules = [];

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
        _modules = [.. new Module?[] { context.Model, context.Run.Ledger.LossModule }.OfType<Module>().SelectMany(Own)];
        Lower();
        try
        {
            return step(context with
            {
                Items = context.Items.Map(Cast),
                Backward = loss =>
                {
                    Lower();
                    var before = TakeGradients();
                    Tensor? plain = null;
                    var value = backward(!Scales ? loss : () =>
                    {
                        plain = loss();
                        return plain.To(DType.Float32) * Scale;
                    });
                    Raise();
                    using var _ = Autograd.NoGrad();
                    if (Scales)
                        foreach (var parameter in Parameters)
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
    }

    /// <summary>A module with its type, if it has numbers.</summary>
    static IEnumerable<(Module, DType)> Own(Module module) =>
        module.Parameters().Concat(module.Buffers()).Where(t => t.DType.IsFloatingPoint()).Take(1).Select(t => (module, t.DType));

    Tensor Cast(Tensor x) => x.DType.IsFloatingPoint() ? x.To(_compute) : x;

    /// <summary>Puts values and gradients aside, and goes on with them in the other type.</summary>
    void Lower()
    {
        if (_masters is not null) return;
        _masters = [.. Parameters.Select(p => (p, p.Detach()))];
        _gradients = [.. Parameters.Where(p => p.Grad is not null).Select(p => (p, p.Grad!, p.Grad!.To(_compute)))];
        foreach (var (parameter, _, _) in _gradients) parameter.Grad = null;
        foreach (var (module, _) in _modules) module.To(_compute);
        foreach (var (parameter, _, lowered) in _gradients) parameter.Grad = lowered;
    }

    IEnumerable<Tensor> Parameters => _modules.SelectMany(m => m.Module.Parameters());

    /// <summary>The gradients that were put aside, but for those that have been cleared since.</summary>
    (Tensor Parameter, Tensor Gradient)[] TakeGradients()
    {
        (Tensor, Tensor)[] gradients = [.. _gradients.Where(g => g.Parameter.Grad == g.Lowered).Select(g => (g.Parameter, g.Gradient))];
        foreach (var (parameter, _) in gradients) parameter.Grad = null;
        return gradients;
    }

    /// <summary>Takes up again the values that were put aside.</summary>
    void Raise()
    {
        if (_masters is null) return;
        var gradients = TakeGradients();
        foreach (var (module, own) in _modules) module.To(own);
        foreach (var (parameter, gradient) in gradients) parameter.Grad = gradient;
        foreach (var (parameter, values) in _masters) parameter.Detach().CopyFrom(values);
        _masters = null;
    }

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
