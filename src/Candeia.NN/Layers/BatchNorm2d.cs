namespace Candeia.NN;

/// <summary>Batch normalization of [n, c, h, w].</summary>
/// <param name="features">The number of channels, c.</param>
/// <param name="epsilon">Added to the variance, so that nothing is divided by 0.</param>
/// <param name="momentum">How much of a new batch goes into the running mean and variance; null means the mean over all batches.</param>
/// <param name="affine">Whether scale and shift are learnt.</param>
/// <param name="trackRunningStats">Whether evaluation uses running statistics; otherwise it uses those of its batch.</param>
public sealed class BatchNorm2d(int features, double epsilon = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStats = true)
    : BatchNorm(features, epsilon, momentum, affine, trackRunningStats)
{
    private protected override bool Takes(int rank) => rank == 4;
}
