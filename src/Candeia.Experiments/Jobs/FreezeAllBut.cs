using Candeia.NN;
using Candeia.Training;

namespace Candeia.Experiments;

/// <summary>In the first epochs a part of the network learns alone; then all of it does.</summary>
/// <param name="part">What learns from the start.</param>
/// <param name="epochs">How long it is alone.</param>
sealed class FreezeAllBut(Layer part, int epochs) : Callback
{
    Tensor[] _others = [];

    public override void On(RunBegin e)
    {
        if (!e.Run.IsFit) return;
        var own = part.Parameters().ToHashSet();
        _others = [.. e.Run.Model.Parameters().Where(p => !own.Contains(p))];
    }

    public override void On(EpochBegin e)
    {
        foreach (var parameter in _others) parameter.RequiresGrad = e.Epoch > epochs;
    }

    public override void On(RunEnd e)
    {
        foreach (var parameter in _others) parameter.RequiresGrad = true;
    }
}
