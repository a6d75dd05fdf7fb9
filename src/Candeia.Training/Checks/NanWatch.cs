using Candeia.Data;
using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Ends a run with a <see cref="NanException"/> at the first number that is none, or infinite: in the inputs, in the result of a layer, in the loss, in
/// a gradient or, after the update, in a parameter. What is found before the update leaves the model as it was. It reads everything, so training takes
/// longer; name it before callbacks that change gradients. For the op rather than the layer, see <see cref="Autograd.DetectAnomaly"/>.
/// </summary>
/// <remarks>Layers are seen where the model calls them by <c>x.Apply(layer)</c>.</remarks>
public sealed class NanWatch : Callback
{
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

    static Tensor Checked(Tensor loss, Run run)
    {
        Check(loss, run, NanKind.Loss, "", "All layers gave finite numbers, but the loss, or what is computed outside of layers, has");
        return loss;
    }

    static void Check(LayerCall call, Run run)
    {
        var (layer, x, y, _) = call;
        if (!y.DType.IsFloatingPoint() || IsFinite(y.Settle())) return;
        string name = run.Model.NamedModules().FirstOrDefault(m => m.Module == layer).Name ?? "";
        string input = !x.DType.IsFloatingPoint() || IsFinite(x) ? "its input was finite" : "its input was not finite either, so that a function before it is to blame";
        Check(y, run, NanKind.Activation, name, $"The result of {name} ({layer.Title}) {y.Shape}, {input}, has");
    }

    static void Check(Tensor tensor, Run run, NanKind kind, string name, string what)
    {
        if (IsFinite(tensor)) return;
        using var noGrad = Autograd.NoGrad();
        long none = (long)tensor.IsNaN().Sum(), infinite = tensor.Numel - (long)tensor.IsFinite().Sum() - none;
        string counts = string.Join(" and ", new[] { none > 0 ? $"{none} NaN" : "", infinite > 0 ? $"{infinite} infinite" : "" }.Where(c => c != ""));
        throw new NanException($"{what} {counts} among {tensor.Numel} numbers, in epoch {run.Epoch}, batch {run.Batch}.", kind, name, run.Epoch, run.Batch);
    }

    static bool IsFinite(Tensor tensor)
    {
        using var noGrad = Autograd.NoGrad();
        using var scope = Scope.Begin();
        return (bool)tensor.Detach().IsFinite().All();
    }

    static string Word(Phase phase) => phase switch { Phase.Train => "training", Phase.Valid => "validation", _ => "prediction" };
}
