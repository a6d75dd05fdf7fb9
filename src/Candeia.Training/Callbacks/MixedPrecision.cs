using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Computes outputs, losses and gradients in one floating-point type, and keeps and updates the parameters in the one that they have
/// (<see href="https://arxiv.org/abs/1710.03740">Micikevicius et al., 2017</see>).
/// </summary>
/// <remarks>
/// bfloat16 and float16 halve what activations and gradients take; on the CPU they are computed with in float32 and rounded, which saves no time. Losses
/// are not scaled: small gradients become zero in float16, in bfloat16 and float32 they do not.
/// </remarks>
/// <param name="compute">The type to compute in.</param>
public sealed class MixedPrecision(DType compute = DType.Float32) : Callback
{
    readonly DType _compute = compute.IsFloatingPoint() ? compute : throw new ArgumentException($"Networks compute with floating-point numbers, not {compute}.", nameof(compute));
    (Tensor Parameter, Tensor Values)[]? _masters;
    (Tensor Parameter, Tensor Gradient, Tensor Lowered)[] _gradients = [];
    (Module Module, DType Own)[] _modules = [];

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
                    var value = backward(loss);
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
}
