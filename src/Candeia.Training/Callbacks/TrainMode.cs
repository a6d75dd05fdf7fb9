using Candeia.NN;

namespace Candeia.Training;

/// <summary>Switches the model to training before training passes, and to evaluation before all others and in the end. Always there.</summary>
/// <param name="other">A module that is switched with the model, such as a loss.</param>
public sealed class TrainMode(Module? other = null) : Callback
{
    /// <inheritdoc/>
    public override void On(PhaseBegin e)
    {
        ArgumentNullException.ThrowIfNull(e);
        foreach (var module in new[] { e.Run.Model, other }.OfType<Module>())
            _ = e.Phase == Phase.Train ? module.Train() : module.Eval();
    }

    /// <inheritdoc/>
    public override void On(RunEnd e)
    {
        ArgumentNullException.ThrowIfNull(e);
        e.Run.Model.Eval();
        other?.Eval();
    }
}
