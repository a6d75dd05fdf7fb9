namespace Candeia.NN;

/// <summary>A parameter at the moment of a step.</summary>
/// <param name="Parameter">What is changed, with CopyFrom.</param>
/// <param name="Gradient">Its gradient.</param>
/// <param name="State">What the optimizer remembers about it.</param>
public readonly record struct Trained(Tensor Parameter, Tensor Gradient, ParameterState State)
{
    /// <summary>Whether one kernel can go over parameter and gradient together: on the CPU, of one type, row-major without gaps.</summary>
    internal bool IsInOneOrder => Parameter.Device == Device.Cpu && Gradient.DType == Parameter.DType && Parameter.Layout.IsContiguous && Gradient.Layout.IsContiguous;

    /// <summary>The gradient with weight decay as an L2 penalty: g + λ·θ.</summary>
    internal Tensor Decayed(double weightDecay) => weightDecay == 0 ? Gradient : Gradient + weightDecay * Parameter;
}
