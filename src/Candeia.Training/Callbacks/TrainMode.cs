using Candeia.NN;

namespace Candeia.Training;

/// <summary>
/// Switches the model to training before training passes, and to evaluation before all others and after a fit; a measurement or a prediction leaves the
/// modes as they were. Always there.
/// </summary>
/// <param name="other">A module that is switched with the model, such as a loss.</param>
internal sealed class TrainMode(Module? other = null) : Callback
{
    (Module Module, bool IsTraining)[] _before = [];

    public override void On(RunBegin e)
    {
        if (e.Run.Optimizers.Count == 0) _before = [.. Modules(e.Run).SelectMany(m => m.NamedModules()).Select(m => (m.Module, m.Module.IsTraining))];
    }

    public override void On(PhaseBegin e)
    {
        foreach (var module in Modules(e.Run))
            _ = e.Phase == Phase.Train ? module.Train() : module.Eval();
    }

    public override void On(RunEnd e)
    {
        foreach (var module in Modules(e.Run)) module.Eval();
        foreach (var (module, isTraining) in _before) module.IsTraining = isTraining;
    }

    IEnumerable<Module> Modules(Run run) => new[] { run.Model, other }.OfType<Module>();
}
