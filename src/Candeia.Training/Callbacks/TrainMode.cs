using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Switches the model to training before training passes, and to evaluation before those that validate and after the fit. Always there. Measurements
/// and predictions do not touch the model: their steps are computed in evaluation by <see cref="Mode"/>.
/// </summary>
/// <param name="other">A module that is switched with the model, such as a loss.</param>
internal sealed class TrainMode(Module? other = null) : Callback
{
    public override void On(PhaseBegin e)
    {
        if (!e.Run.IsFit) return;
        foreach (var module in Modules(e.Run))
            _ = e.Phase == Phase.Train ? module.Train() : module.Eval();
    }

    public override void On(RunEnd e)
    {
        if (!e.Run.IsFit) return;
        foreach (var module in Modules(e.Run)) module.Eval();
    }

    IEnumerable<Module> Modules(Run run) => new[] { run.Model, other }.OfType<Module>();
}
