using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Ends a run with a <see cref="NanException"/> at the first number that is none, or infinite: in the inputs, in the result of a layer, in the loss, in
/// a gradient or, after the update, in a parameter. It looks at everything, so training takes longer; name it before callbacks that change gradients.
/// For the op rather than the layer, see <see cref="Autograd.DetectAnomaly"/>.
/// </summary>
/// <remarks>
/// Layers are seen where the model calls them by <c>x.Apply(layer)</c>. On the CPU what is found before the update leaves the model as it was. On
/// another device nobody waits for numbers within a step: the exception names the same step and the same tensor, but comes when the next batch
/// begins, or the pass ends, and the update has been made.
/// </remarks>
public sealed class NanWatch : Callback
{
    readonly List<Suspicion> _late = [];
    Readings? _states;

    /// <inheritdoc/>
    public override void On(PhaseBegin e) => Forget();

    /// <inheritdoc/>
    public override void On(BatchBegin e) => Judge();

    /// <inheritdoc/>
    public override void On(PhaseEnd e) => Judge();

    /// <inheritdoc/>
    public override StepResult Around(StepContext context, Step step)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(step);
        var run = context.Run;
        foreach (var input in context.Items is Batch batch ? [batch.X] : context.Items.Tensors())
            if (input.DType.IsFloatingPoint()) Check(input, run, NanKind.Input, "", $"The inputs of the {Word(context.Phase)} batch have");
        var result = LayerCalls.Watch(call => Check(call, run), () => step(context with { Loss = (y, target) => Checked(context.Loss(y, target), run) }));
        if (result.Loss is { } loss) Checked(loss, run);                     // a step of one's own may have another loss
        if (context.Phase != Phase.Train) return result;
        foreach (var (name, parameter) in Snapshot.Parameters(run))
            Check(parameter, run, NanKind.Parameter, name, $"After the update the parameter {name} {parameter.Shape} has");
        return result;
    }

    /// <inheritdoc/>
    public override void On(GradientsReady e)
    {
        ArgumentNullException.ThrowIfNull(e);
        foreach (var (name, parameter) in Snapshot.Parameters(e.Run))
            if (parameter.Grad is { } gradient) Check(gradient, e.Run, NanKind.Gradient, name, $"The gradient of {name} {parameter.Shape} has");
    }

    Tensor Checked(Tensor loss, Run run)
    {
        Check(loss, run, NanKind.Loss, "", "All layers gave finite numbers, but the loss, or what is computed outside of layers, has");
        return loss;
    }

    void Check(LayerCall call, Run run)
    {
        var (layer, x, y, _) = call;
        if (!y.DType.IsFloatingPoint()) return;
        var (shape, input) = (y.Shape, x.DType.IsFloatingPoint() ? x : null);
        bool isFinite = input is null;                                       // whole numbers are
        Check(y.Settle(), input, run, NanKind.Activation, isInputFinite =>
        {
            string name = run.Model.NamedModules().FirstOrDefault(m => m.Module == layer).Name ?? "";
            string before = isFinite || isInputFinite ? "its input was finite"
                : "its input was not finite either, so that a function before it is to blame";
            return (name, $"The result of {name} ({layer.Title}) {shape}, {before}, has");
        });
    }

    void Check(Tensor tensor, Run run, NanKind kind, string name, string what) => Check(tensor, null, run, kind, _ => (name, what));

    /// <summary>Looks at a tensor: now, where that costs no wait, and else later.</summary>
    void Check(Tensor tensor, Tensor? input, Run run, NanKind kind, Func<bool, (string Name, string What)> tell)
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        Suspicion suspicion = new(kind, tell, tensor.Numel, run.Epoch, run.Batch);
        if (tensor.Device == Device.Cpu)
        {
            if (!(bool)tensor.Detach().IsFinite().All()) suspicion.Check(Suspicion.Look(tensor, input).ToArray<double>());
            return;
        }
        _late.Add(suspicion);
        (_states ??= new(Suspicion.Width, most: int.MaxValue)).Add(1, Suspicion.Look(tensor, input));
    }

    /// <summary>Looks at what the last step has left, in the order of its computation: one wait for all.</summary>
    void Judge()
    {
        if (_states is not { } states) return;
        try
        {
            for (int i = 0; i < _late.Count; i++) _late[i].Check(states[i]);
        }
        finally
        {
            Forget();
        }
    }

    void Forget()
    {
        _late.Clear();
        _states = null;
    }

    static string Word(Phase phase) => phase switch { Phase.Train => "training", Phase.Valid => "validation", _ => "prediction" };
}
