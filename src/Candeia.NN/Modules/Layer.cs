namespace Candeia.NN;

/// <summary>A module that turns one tensor into another.</summary>
public abstract class Layer : Module
{
    /// <summary>The result for an input. Call it on a whole model; inside models, <c>x.Apply(layer)</c> also names the layer in errors.</summary>
    public abstract Tensor Forward(Tensor x);
}
