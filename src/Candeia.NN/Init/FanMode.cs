namespace Candeia.NN;

/// <summary>Which signal initial weights shall keep at its size.</summary>
public enum FanMode
{
    /// <summary>The forward one: by the number of inputs of an output.</summary>
    FanIn,
    /// <summary>The gradients' on their way back: by the number of outputs of an input.</summary>
    FanOut,
}
