namespace Candeia.NN;

/// <summary>A parameter at the moment of a step.</summary>
/// <param name="Parameter">What is changed, with CopyFrom.</param>
/// <param name="Gradient">Its gradient.</param>
/// <param name="State">What the optimizer remembers about it.</param>
public readonly record struct Trained(Tensor Parameter, Tensor Gradient, ParameterState State)
{
    /// <summary>Whether two parameters can be changed by one op: they have made as many steps, and are of one type and device.</summary>
    internal bool GoesWith(Trained other) =>
        State.Step == other.State.Step && Parameter.DType == other.Parameter.DType && Parameter.Device == other.Parameter.Device;

    /// <summary>The gradient with weight decay as an L2 penalty: g + λ·θ.</summary>
    internal Tensor Decayed(double weightDecay) => weightDecay == 0 ? Gradient : Gradient + weightDecay * Parameter;
}
