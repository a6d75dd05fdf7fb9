namespace Candeia.NN;

/// <summary>Instance normalization of signals [n, c, l], or of one [c, l].</summary>
/// <param name="features">How many channels, or numbers in a row, the input has.</param>
/// <param name="epsilon">What is added to the variance, so that a constant is not divided by zero; 1e-5 is a good start.</param>
/// <param name="momentum">The weight of a new batch in the running statistics.</param>
/// <param name="affine">Whether scale and shift are learnt.</param>
/// <param name="trackRunningStats">Whether evaluation uses running statistics; otherwise it uses those of each sample.</param>
public sealed class InstanceNorm1d(int features, double epsilon = 1e-5, double momentum = 0.1, bool affine = false, bool trackRunningStats = false)
    : InstanceNorm(1, features, epsilon, momentum, affine, trackRunningStats);
