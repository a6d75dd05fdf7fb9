namespace Candeia.Compare;

/// <summary>What one process has measured.</summary>
/// <param name="Output">The mean of the absolute outputs, predicted with the given weights.</param>
/// <param name="PredictMs">Median of a prediction, in milliseconds.</param>
/// <param name="PeakMb">The most memory the process had, in MiB.</param>
/// <param name="Parameters">Numbers that are trained.</param>
/// <param name="FirstLoss">The loss of the first step, from the given weights; none of what only predicts.</param>
/// <param name="TrainMs">Median of a training step, in milliseconds.</param>
/// <param name="ManagedBytes">Bytes on the managed heap per training step; only ours has one.</param>
sealed record Measure(
    double Output, double PredictMs, double PeakMb, long? Parameters = null, double? FirstLoss = null, double? TrainMs = null, double? ManagedBytes = null);
