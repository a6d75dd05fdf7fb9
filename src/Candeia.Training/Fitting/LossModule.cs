using Candeia.NN;

namespace Candeia.Training;

/// <summary>A loss with state: what it has as parameters is trained with the model, by the same optimizer.</summary>
public abstract class LossModule : Module
{
    /// <summary>The loss, a single number.</summary>
    public abstract Tensor Forward(Tensor output, Tensor target);
}
