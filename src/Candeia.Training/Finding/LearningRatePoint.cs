namespace Candeia.Training;

/// <summary>A batch of a sweep over learning rates.</summary>
/// <param name="LearningRate">With which the batch was learnt.</param>
/// <param name="Loss">The loss of the batch before its update.</param>
/// <param name="Smoothed">The loss as a running mean over the batches up to this one, the last ten mostly.</param>
public readonly record struct LearningRatePoint(double LearningRate, double Loss, double Smoothed);
