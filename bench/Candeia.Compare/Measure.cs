namespace Candeia.Compare;

/// <summary>What one process has measured.</summary>
/// <param name="Parameters">Numbers that are trained.</param>
/// <param name="FirstLoss">The loss of the first step, from the given weights.</param>
/// <param name="TrainMs">Median of a training step, in milliseconds.</param>
/// <param name="PredictMs">Median of a prediction of the batch, in milliseconds.</param>
/// <param name="PeakMb">The most memory the process had, in MiB.</param>
/// <param name="ManagedBytes">Bytes on the managed heap per training step; only ours has one.</param>
sealed record Measure(long Parameters, double FirstLoss, double TrainMs, double PredictMs, double PeakMb, double? ManagedBytes = null);
