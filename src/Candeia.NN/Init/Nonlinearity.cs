namespace Candeia.NN;

/// <summary>What follows a layer: it decides how large initial weights must be so that signals keep their size.</summary>
public enum Nonlinearity
{
    /// <summary>Nothing, or a convolution or linear layer: gain 1.</summary>
    Linear,
    /// <summary>Gain 1.</summary>
    Sigmoid,
    /// <summary>Gain 5/3.</summary>
    Tanh,
    /// <summary>Gain √2.</summary>
    ReLU,
    /// <summary>Gain √(2 / (1 + slope²)).</summary>
    LeakyReLU,
    /// <summary>Gain 3/4.</summary>
    SELU,
}
